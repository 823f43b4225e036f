package io.sessionizer.web.access;

import io.sessionizer.web.http.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The secret that changes require, from the configuration or a file that may change while the service runs. Thread-safe. */
public final class AccessToken {
    private static final Logger LOG = LoggerFactory.getLogger(AccessToken.class);
    /** Characters that are valid in a header, and enough of them to resist guessing. */
    private static final Pattern VALID = Pattern.compile("[\\x21-\\x7E]{16,1000}");

    private static final long MAX_FILE_BYTES = 4096;

    private final Optional<Path> file;
    private volatile String last;
    private volatile boolean isFileValid = true;

    private AccessToken(String token, Optional<Path> file) {
        this.last = token;
        this.file = file;
    }

    public static AccessToken of(String token) {
        return new AccessToken(token, Optional.empty());
    }

    /** @throws IllegalArgumentException if the file has no token now */
    static AccessToken in(Path file) {
        return new AccessToken(
                read(file).orElseThrow(() -> new IllegalArgumentException(file + ": must have a token")),
                Optional.of(file));
    }

    public static boolean isValid(String token) {
        return VALID.matcher(token).matches();
    }

    /** The token in a file, without white space around it; empty if it can't be read, or is not valid. */
    public static Optional<String> read(Path file) {
        try {
            return Files.size(file) > MAX_FILE_BYTES
                    ? Optional.empty()
                    : Optional.of(Files.readString(file, StandardCharsets.ISO_8859_1)
                                    .strip())
                            .filter(AccessToken::isValid);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The current token: the one in the file, or the last one while the file has none. */
    String value() {
        file.ifPresent(path -> {
            Optional<String> read = read(path);
            if (isFileValid && read.isEmpty()) {
                LOG.warn(
                        "http.token.file: must contain a token; the last valid one stays in use. Found: none in {}",
                        path);
            }
            isFileValid = read.isPresent();
            last = read.orElse(last);
        });
        return last;
    }

    /** Compares hashes, so that the time reveals nothing about the token, not even its length. */
    boolean matches(String presented) {
        return MessageDigest.isEqual(hash(presented), hash(value()));
    }

    private static byte[] hash(String token) {
        return Sha256.digest(token.getBytes(StandardCharsets.UTF_8));
    }
}
