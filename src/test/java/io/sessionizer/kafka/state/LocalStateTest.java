package io.sessionizer.kafka.state;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.kafka.config.CannotStartException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

class LocalStateTest {
    private static final LocalState STATE = new LocalState(Path.of("/state/app"));

    @Test
    void isCreated_andLeftAsItWas(@TempDir Path directory) throws IOException {
        Path own = directory.resolve("not").resolve("there").resolve("app");
        new LocalState(own).requireUsable();
        new LocalState(own).requireUsable();
        try (Stream<Path> files = Files.list(own)) {
            assertEquals(
                    List.of(".lock"),
                    files.map(file -> file.getFileName().toString()).toList());
        }
    }

    @Test
    void mustNotBeAFile(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("app"), "not a directory");
        assertEquals(
                "state.dir: must be a directory that the service can write to. Found: " + file
                        + ", FileAlreadyExistsException",
                line(new LocalState(file)));
    }

    /** No user may write there, not even the superuser that tests may run as. */
    @Test
    void mustBeWritable() {
        Path directory = Path.of("/proc/app");
        assertEquals(
                "state.dir: must be a directory that the service can write to. Found: " + directory
                        + ", NoSuchFileException",
                line(new LocalState(directory)));
    }

    @Test
    void mustBeOfOneInstance(@TempDir Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(
                        directory.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            assertTrue(lock.isValid());
            assertEquals(
                    "state.dir: must be used by one instance only. Found: " + directory
                            + ", which a running instance uses",
                    line(new LocalState(directory)));
        }
        assertDoesNotThrow(new LocalState(directory)::requireUsable);
    }

    private static String line(LocalState state) {
        return assertThrows(CannotStartException.class, state::requireUsable).getMessage();
    }

    @Test
    void namesTheDiskThatIsFull() {
        assertEquals(
                Optional.of("state.dir: must be a disk with space that keeps what is written. Found: No space left on"
                        + " device: /state/app/0_0/rocksdb/timelines/000012.sst"),
                STATE.problem(asKafkaThrowsIt(new RocksDBException(
                        "No space left on device: /state/app/0_0/rocksdb/timelines/000012.sst",
                        new Status(Status.Code.IOError, Status.SubCode.NoSpace, "")))));
    }

    @Test
    void saysHowToRestoreWhatIsDamaged() {
        assertEquals(
                Optional.of("state.dir: must be a disk with space that keeps what is written. Found: block checksum"
                        + " mismatch; delete /state/app and start again: the changelog topics contain all of it"),
                STATE.problem(asKafkaThrowsIt(new RocksDBException(
                        "block checksum mismatch", new Status(Status.Code.Corruption, Status.SubCode.None, "")))));
    }

    static Stream<Exception> ofOtherCauses() {
        return Stream.of(
                new StreamsException("anything", new IOException("of a connection")),
                new ProcessorStateException("flush failed", new StreamsException("the broker refused")),
                new ProcessorStateException("store is closed"),
                new IllegalStateException());
    }

    @ParameterizedTest
    @MethodSource("ofOtherCauses")
    void isNoCauseOfOtherFailures(Exception failure) {
        assertEquals(Optional.empty(), STATE.problem(failure));
    }

    private static Exception asKafkaThrowsIt(Exception cause) {
        return new StreamsException("in a thread", new ProcessorStateException("Error of store timelines", cause));
    }
}
