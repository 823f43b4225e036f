package io.sessionizer.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A directory that is gone once closed. */
public record ScratchDirectory(Path path) implements AutoCloseable {
    /** A new one, for the data of brokers and instances, in a directory on the disk that is to be measured. */
    public static ScratchDirectory in(Path directory) throws IOException {
        return new ScratchDirectory(
                Files.createTempDirectory(Files.createDirectories(directory).toAbsolutePath(), "scratch-"));
    }

    @Override
    public void close() throws IOException {
        delete(path);
    }

    /** Deletes a directory with all that is in it. No process may be writing there. */
    static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
