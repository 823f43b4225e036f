package io.sessionizer.app.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFileTest {
    private static final Path FILE = Path.of("a.properties");

    @TempDir
    Path directory;

    @Test
    void readsUtf8_withOrWithoutAByteOrderMark() throws IOException {
        Path file = Files.writeString(directory.resolve("a.properties"), "\uFEFFexcluded.events=Käufe, 購入\n# no\n");

        assertEquals(new ConfigFile(Map.of("excluded.events", "Käufe, 購入"), List.of()), ConfigFile.read(file));
    }

    @Test
    void saysThatAFileIsMissing() {
        assertEquals(
                List.of("--config: must be a file that exists. Found: no.properties"),
                lines(ConfigFile.read(Path.of("no.properties"))));
    }

    @Test
    void saysThatAFileIsADirectory() {
        assertEquals(
                List.of("--config: must be a file that can be read. Found: " + directory),
                lines(ConfigFile.read(directory)));
    }

    @Test
    void saysThatAFileIsNotInUtf8() throws IOException {
        Path file = Files.write(directory.resolve("latin1"), new byte[] {'a', '=', (byte) 0xE4});

        assertEquals(List.of("--config: must be in UTF-8. Found: " + file), lines(ConfigFile.read(file)));
    }

    @Test
    void saysWhatIsWrongWithTheSyntax() {
        assertEquals(
                List.of("--config: must be a properties file: Malformed \\uxxxx encoding.. Found: a.properties"),
                lines(ConfigFile.parse(FILE, "a=\\u12x4")));
    }

    @Test
    void rejectsADuplicateKey() {
        assertEquals(
                List.of("user.from: must occur once in the file. Found: payload"),
                lines(ConfigFile.parse(FILE, "user.from=key\nuser.from: payload\n")));
    }

    private static List<String> lines(ConfigFile file) {
        return file.problems().stream().map(ConfigProblem::line).toList();
    }
}
