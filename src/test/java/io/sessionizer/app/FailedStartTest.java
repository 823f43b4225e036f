package io.sessionizer.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a start throws ends the process with one line. */
@Timeout(120)
class FailedStartTest {
    @TempDir
    Path directory;

    /** A service that runs out of memory. */
    static final class OutOfMemoryProgram {
        private OutOfMemoryProgram() {}

        public static void main(String[] arguments) {
            Main main = new Main(System.out, System.err);
            Shutdown shutdown = Shutdown.install(() -> System.out.println("closed"));
            System.exit(main.exitCode(shutdown, () -> {
                throw new OutOfMemoryError("Java heap space");
            }));
        }
    }

    @Test
    void anErrorInTheStartEndsTheProcess() throws Exception {
        try (ChildProcess child = ChildProcess.start(directory, Map.of(), OutOfMemoryProgram.class)) {
            String out = child.output(1);
            assertEquals("closed", out.lines().findFirst().orElse(""));
            assertEquals(1, child.errorLines().size(), () -> child.errorLines().toString());
            assertEquals(
                    List.of("sessionizer: failed unexpectedly, a bug: java.lang.OutOfMemoryError"),
                    child.errorLines().stream()
                            .map(line -> line.replaceAll(" at .*", ""))
                            .toList());
        }
    }
}
