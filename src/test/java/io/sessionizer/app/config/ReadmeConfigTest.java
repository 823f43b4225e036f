package io.sessionizer.app.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The README says what the code says; where it does not, the failure shows the table to paste. */
class ReadmeConfigTest {
    private static final String BEGIN = "<!-- configuration -->";
    private static final String END = "<!-- /configuration -->";

    @Test
    void listsEveryKey() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        int begin = readme.indexOf(BEGIN);
        int end = readme.indexOf(END);
        String table = begin < 0 || end < begin ? "" : readme.substring(begin + BEGIN.length(), end);

        assertEquals(
                ConfigReference.table(), table.strip(), () -> "The table must be:\n" + ConfigReference.table() + "\n");
    }
}
