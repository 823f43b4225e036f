package io.sessionizer.app;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.app.config.ConfigReference;
import org.junit.jupiter.api.Test;

class ExitCodeTest {
    @Test
    void areThoseThatTheHelpNames() {
        String expected = "Exit codes: " + ExitCode.OK + " stopped on request, " + ExitCode.FAILED
                + " could not start, stopped or gave up, " + ExitCode.WRONG_USAGE + " wrong arguments or settings.";

        String ofCheck = "For check: " + ExitCode.OK + " no problem, " + ExitCode.FAILED
                + " a start would fail or a line is a dead letter, " + ExitCode.WRONG_USAGE
                + " also if FILE cannot be read.";

        assertTrue(ConfigReference.help().contains(expected), expected);
        assertTrue(ConfigReference.help().contains(ofCheck), ofCheck);
    }
}
