package io.sessionizer.app;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ShutdownTest {
    @TempDir
    Path directory;

    /** A program with a service that closes in order, badly, or fails by itself. */
    static final class ShutdownProgram {
        private ShutdownProgram() {}

        public static void main(String[] arguments) throws InterruptedException {
            CountDownLatch closed = new CountDownLatch(1);
            Shutdown ending = Shutdown.install(() -> {
                System.out.println("closed");
                closed.countDown();
                if (arguments[0].equals("closesBadly")) {
                    throw new IllegalStateException("no broker");
                }
            });
            System.out.println("running");
            if (arguments[0].equals("fails")) {
                ending.recordFailure();
                System.exit(ExitCode.FAILED);
            }
            closed.await();
            // as Main does, while the signal's hook is still at work
            System.exit(ending.recordFailure() ? 3 : ExitCode.OK);
        }
    }

    @Test
    void closesAndExitsWithZero_afterSigterm() throws Exception {
        try (ChildProcess child = program("closes")) {
            child.awaitOutput("running");
            child.terminate();

            String output = child.output(0);
            assertTrue(output.contains("Stopping") && output.contains("closed") && output.contains("Stopped"), output);
        }
    }

    @Test
    void exitsWithOne_whenItCouldNotClose() throws Exception {
        try (ChildProcess child = program("closesBadly")) {
            child.awaitOutput("running");
            child.terminate();

            String output = child.output(1);
            assertTrue(output.contains("Could not stop cleanly: java.lang.IllegalStateException: no broker"), output);
        }
    }

    @Test
    void closesAndExitsWithOne_afterAFailure() throws Exception {
        try (ChildProcess child = program("fails")) {
            assertTrue(child.output(1).contains("closed"));
        }
    }

    private ChildProcess program(String way) throws Exception {
        return ChildProcess.start(directory, Map.of(), ShutdownProgram.class, way);
    }
}
