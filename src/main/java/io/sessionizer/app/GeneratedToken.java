package io.sessionizer.app;

import io.sessionizer.kafka.config.CannotStartException;
import io.sessionizer.web.access.AccessToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * A generated token for a server that other machines reach, if the operator has set none: it survives restarts, and
 * only its owner can read it.
 */
final class GeneratedToken {
    private static final String NAME = "http.token";
    private static final int RANDOM_BYTES = 24;

    private GeneratedToken() {}

    /**
     * The file that contains the token; it is created if it does not exist.
     *
     * @throws CannotStartException if it can't be created, or contains no token
     */
    static Path in(Path stateDirectory) {
        Path file = stateDirectory.resolve(NAME);
        try {
            Files.createDirectories(stateDirectory);
            write(file);
        } catch (FileAlreadyExistsException e) {
            // created by an earlier run
        } catch (IOException e) {
            throw cannotStart(file);
        }
        if (AccessToken.read(file).isEmpty()) {
            throw cannotStart(file);
        }
        return file;
    }

    private static void write(Path file) throws IOException {
        byte[] random = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(random);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(random) + "\n";
        if (Files.exists(file)) {
            throw new FileAlreadyExistsException(file.toString());
        }
        // complete before it is visible: two instances may share the directory
        Path part = Files.createTempFile(file.getParent(), NAME, ".part", ownerOnly());
        try {
            Files.write(part, token.getBytes(StandardCharsets.US_ASCII));
            Files.createLink(file, part);
        } finally {
            Files.delete(part);
        }
    }

    private static FileAttribute<?>[] ownerOnly() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private static CannotStartException cannotStart(Path file) {
        return new CannotStartException("http.token: must be set, since none can be stored in state.dir. Found: " + file
                + ", which can't be used");
    }
}
