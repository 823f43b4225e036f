package io.sessionizer.app.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The page of the configuration has the tables that the code generates; {@code -Dgolden.write=true} writes them. */
class ConfigurationPageTest {
    private static final Path PAGE = Path.of("docs/configuration.md");
    private static final String BEGIN = "<!-- configuration -->\n";
    private static final String END = "\n<!-- /configuration -->";

    @Test
    void listsEveryKey() throws IOException {
        String page = Files.readString(PAGE);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        int end = page.indexOf(END);
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(PAGE, page.substring(0, begin) + ConfigReference.tables() + page.substring(end));
            return;
        }
        assertEquals(ConfigReference.tables(), page.substring(begin, end), "run it again with -Dgolden.write=true");
    }
}
