package io.sessionizer.app;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.app.config.ConfigReference;
import org.junit.jupiter.api.Test;

class ExitCodeTest {
    @Test
    void areThoseThatTheHelpNames() {
        String expected = "Exit codes: " + ExitCode.OK + " stopped on demand, " + ExitCode.FAILED
                + " could not start, stopped or gave up, " + ExitCode.WRONG_USAGE + " wrong arguments or settings.";

        assertTrue(ConfigReference.help().contains(expected), expected);
    }
}
