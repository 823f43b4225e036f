package io.sessionizer.app.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.app.config.Configuration.Valid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The shipped properties file says what the code says. */
class PropertiesFileTest {
    private static final Path FILE = Path.of("config/sessionizer.properties");

    @Test
    void loads() {
        ConfigFile file = ConfigFile.read(FILE);

        assertEquals(Map.of("bootstrap.servers", "localhost:9092"), file.values());
        assertInstanceOf(Valid.class, Configuration.load(file, Map.of()));
    }

    @Test
    void loadsWithEveryLineInUse() throws IOException {
        ConfigFile file = inUse();

        assertEquals(List.of(), file.problems());
        assertInstanceOf(
                Valid.class,
                Configuration.load(file, Map.of()),
                () -> Configuration.load(file, Map.of()).toString());
    }

    @Test
    void showsEveryKeyOnceWithItsDefault() throws IOException {
        Map<String, String> values = inUse().values();

        for (ConfigKey key : ConfigKey.values()) {
            assertEquals(key.defaultValue().orElse("localhost:9092"), values.get(key.key()), key.key());
        }
    }

    @Test
    void explainsEveryKeyAsTheHelpDoes() throws IOException {
        String text = Files.readString(FILE);

        for (ConfigKey key : ConfigKey.values()) {
            String explained =
                    "# " + key.doc() + "\n# Allowed: " + key.validator().allowed() + "\n";
            int at = text.indexOf(explained + "#" + key.key() + "=");
            assertTrue(at >= 0 || text.contains(explained + key.key() + "="), explained + key.key());
        }
    }

    /** The file with each commented-out setting in use: a # without a blank after it is before a setting. */
    private static ConfigFile inUse() throws IOException {
        String text = Arrays.stream(Files.readString(FILE).split("\n"))
                .map(line -> line.matches("#[a-z].*") ? line.substring(1) : line)
                .collect(Collectors.joining("\n"));
        return ConfigFile.parse(FILE, text);
    }
}
