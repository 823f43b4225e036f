package io.sessionizer.app.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventLinesTest {
    private static final int MAX = 100_000;

    private static List<String> lines(String text) throws IOException {
        List<String> all = new ArrayList<>();
        InputStream in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        try (EventLines lines = EventLines.open("-", in)) {
            for (var line = lines.next(MAX); line.isPresent(); line = lines.next(MAX)) {
                all.add(line.get().number() + " "
                        + line.get()
                                .value()
                                .map(value -> new String(value, StandardCharsets.UTF_8))
                                .orElse("too long"));
            }
        }
        return all;
    }

    @Test
    void skipsEmptyLines_andCountsThem() throws IOException {
        assertEquals(List.of("1 a", "4 b", "5  "), lines("a\n\n\r\nb\n \n\n"));
        assertEquals(List.of(), lines(""));
        assertEquals(List.of(), lines("\n"));
    }

    @Test
    void aLineEndsWithALineFeed_beforeWhichACarriageReturnIsNoPartOfIt() throws IOException {
        assertEquals(List.of("1 a\rb", "2 c"), lines("a\rb\r\nc"));
    }

    @Test
    void keepsLinesUpToTheMaximum_acrossItsBuffers() throws IOException {
        String longest = "x".repeat(MAX);
        assertEquals(
                List.of("1 " + longest, "2 too long", "3 too long", "4 b"),
                lines(longest + "\n" + longest + "y\n" + longest.repeat(3) + "\nb"));
    }

    @Test
    void namesAFileThatCannotBeRead(@TempDir Path directory) throws IOException {
        Path none = directory.resolve("none");
        assertEquals("--events: must be a file that exists. Found: " + none, error(none.toString()));
        assertEquals("--events: must be a file. Found: " + directory + ", a directory", error(directory.toString()));
        Path file = Files.writeString(directory.resolve("file"), "a");
        try (EventLines lines = EventLines.open(file.toString(), InputStream.nullInputStream())) {
            assertEquals(1, lines.next(MAX).orElseThrow().number());
            assertEquals(Optional.empty(), lines.next(MAX));
        }
    }

    private static String error(String file) {
        return assertThrows(IOException.class, () -> EventLines.open(file, InputStream.nullInputStream()))
                .getMessage();
    }

    @Test
    void namesAFileThatFailsWhileItIsRead() throws IOException {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the disk is gone");
            }

            @Override
            public int read(byte[] target, int from, int length) throws IOException {
                return read();
            }
        };
        try (EventLines lines = EventLines.open("-", broken)) {
            assertEquals(
                    "--events: must be a file that can be read. Found: standard input, the disk is gone",
                    assertThrows(IOException.class, () -> lines.next(MAX)).getMessage());
        }
    }
}
