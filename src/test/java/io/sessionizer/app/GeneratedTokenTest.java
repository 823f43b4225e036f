package io.sessionizer.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.kafka.config.CannotStartException;
import io.sessionizer.web.access.AccessToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeneratedTokenTest {
    @TempDir
    Path directory;

    @Test
    void isReadableByItsOwnerAlone_andKept() throws IOException {
        Path state = directory.resolve("new/state");

        Path file = GeneratedToken.in(state);

        String token = AccessToken.read(file).orElseThrow();
        assertTrue(token.length() >= 32, token);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertEquals(file, GeneratedToken.in(state));
        assertEquals(token, AccessToken.read(file).orElseThrow(), "as after a restart");
        assertNotEquals(
                token,
                AccessToken.read(GeneratedToken.in(directory.resolve("other"))).orElseThrow());
        try (Stream<Path> files = Files.list(state)) {
            assertEquals(1, files.count());
        }
    }

    @Test
    void isReportedInOneLine_whereItCannotBeKept() throws IOException {
        Path isFile = Files.createFile(directory.resolve("file"));
        Path isEmpty = Files.createDirectory(directory.resolve("state"));
        Files.createFile(isEmpty.resolve("http.token"));

        for (Path state : new Path[] {isFile, isEmpty}) {
            assertEquals(
                    "http.token: must be set, since none can be stored in state.dir. Found: "
                            + state.resolve("http.token") + ", which can't be used",
                    assertThrows(CannotStartException.class, () -> GeneratedToken.in(state))
                            .getMessage());
        }
    }
}
