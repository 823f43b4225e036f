package io.sessionizer.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The shipped logback.xml: one line for each thing an operator cares about. */
@Timeout(120)
class LogFormatTest {
    @TempDir
    Path directory;

    /** A program that logs. */
    static final class LoggingProgram {
        private LoggingProgram() {}

        public static void main(String[] arguments) {
            Exception cause = new IllegalStateException("no (such) thing at all");
            LoggerFactory.getLogger("io.sessionizer.kafka.Any")
                    .error("Thread {} failed", 1, new RuntimeException("outer\nline", cause));
            LoggerFactory.getLogger("io.sessionizer.kafka.Any").info("Plain (so) at last");
            LoggerFactory.getLogger("io.sessionizer.kafka.Any").info("Quoted: {}", "a\r\n2026 ERROR b\u001b[2J\u0085c");
            LoggerFactory.getLogger("io.sessionizer.kafka.Any").debug("detail");
            LoggerFactory.getLogger("org.apache.kafka.clients.Any").info("chatter");
            LoggerFactory.getLogger("org.apache.kafka.clients.NetworkClient").warn("flood");
        }
    }

    @Test
    void writesOneLinePerEvent_withTheRootCauseAndNoStackTrace() throws Exception {
        try (ChildProcess child = ChildProcess.start(directory, Map.of(), LoggingProgram.class)) {
            List<String> lines = child.output(0).lines().toList();

            assertEquals(3, lines.size(), lines::toString);
            assertTrue(
                    lines.get(0)
                            .matches("\\d{4}-\\d\\d-\\d\\dT\\S+ ERROR Any: Thread 1 failed; "
                                    + "java\\.lang\\.IllegalStateException: no \\(such\\) thing at all\\s+"
                                    + "Wrapped by: java\\.lang\\.RuntimeException: outer line"),
                    lines::toString);
            assertTrue(lines.get(1).endsWith(" INFO  Any: Plain (so) at last"), lines::toString);
            assertTrue(lines.get(2).endsWith(" INFO  Any: Quoted: a 2026 ERROR b [2J c"), lines::toString);
        }
    }
}
