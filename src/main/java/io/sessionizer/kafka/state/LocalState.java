package io.sessionizer.kafka.state;

import io.sessionizer.kafka.config.CannotStartException;
import io.sessionizer.kafka.config.SessionizerSettings;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/**
 * The directory of this instance's state. It can be lost without losing data: the changelog topics contain all of it.
 *
 * @param directory the application's own, within {@code state.dir}
 */
public record LocalState(Path directory) {
    /** The file by which Kafka Streams locks the directory. */
    private static final String LOCK = ".lock";

    private static final int PROBE_BYTES = 4096;
    private static final int MAX_DEPTH = 20;

    /** The state of the service with these settings. */
    public static LocalState of(SessionizerSettings settings) {
        return new LocalState(Path.of(settings.runtime().stateDirectory())
                .resolve(settings.runtime().kafka().get(StreamsConfig.APPLICATION_ID_CONFIG)));
    }

    /**
     * Creates the directory if it does not exist.
     *
     * @throws CannotStartException if nothing can be written to it, or another instance uses it, with one line
     */
    public void requireUsable() {
        try {
            Files.createDirectories(directory);
            Path probe = Files.createTempFile(directory, "probe", null);
            try {
                Files.write(probe, new byte[PROBE_BYTES]);
            } finally {
                Files.delete(probe);
            }
            if (isLocked()) {
                throw new CannotStartException("state.dir: must be used by one instance only. Found: " + directory
                        + ", which a running instance uses");
            }
        } catch (IOException e) {
            throw new CannotStartException("state.dir: must be a directory that the service can write to. Found: "
                    + directory + ", " + reason(e));
        }
    }

    private boolean isLocked() throws IOException {
        try (FileChannel channel =
                        FileChannel.open(directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock == null;
        } catch (OverlappingFileLockException e) {
            // by another instance in this process
            return true;
        }
    }

    private static String reason(IOException failure) {
        String reason = failure instanceof FileSystemException e ? e.getReason() : failure.getMessage();
        return reason == null ? failure.getClass().getSimpleName() : reason;
    }

    /** Why {@code failure} is caused by this directory, as one line that says what to do; empty if it is not. */
    public Optional<String> problem(Throwable failure) {
        List<Throwable> causes = Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(MAX_DEPTH)
                .toList();
        Throwable root = causes.get(causes.size() - 1);
        boolean isOfState = causes.stream().anyMatch(ProcessorStateException.class::isInstance);
        return isOfState && (root instanceof RocksDBException || root instanceof IOException)
                ? Optional.of("state.dir: must be a disk with space that keeps what is written. Found: "
                        + root.getMessage() + (isCorruption(root) ? "; " + remedy() : ""))
                : Optional.empty();
    }

    private String remedy() {
        return "delete " + directory + " and start again: the changelog topics contain all of it";
    }

    /** Whether a store's files are damaged, so that only a restore from its changelog helps. */
    static boolean isCorruption(Throwable failure) {
        return failure instanceof RocksDBException e
                && e.getStatus() != null
                && e.getStatus().getCode() == Status.Code.Corruption;
    }
}
