package io.sessionizer.quickstart.traffic;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * The user's own events, one JSON object a line, read as bytes and passed on unchanged. Empty lines are skipped; lines
 * that exceed Kafka's default limit are counted and skipped. Not thread-safe.
 */
final class EventsFile implements Iterator<SampleRecord>, AutoCloseable {
    /** Kafka takes records of 1 MiB, its own few bytes around them included. */
    private static final int MAX_LINE_BYTES = (1 << 20) - 200;

    private final InputStream input;
    private Optional<byte[]> line;
    private long tooLong;

    private EventsFile(InputStream input) throws IOException {
        this.input = input;
        this.line = read();
    }

    /** @throws IOException with one line for the user, if the file cannot be read */
    static EventsFile open(Path file) throws IOException {
        try {
            if (Files.isDirectory(file)) {
                throw new IOException("--events: must be a file. Found: " + file + ", a directory");
            }
            return new EventsFile(new BufferedInputStream(Files.newInputStream(file), 1 << 16));
        } catch (NoSuchFileException missing) {
            throw new IOException("--events: must be a file that exists. Found: " + file, missing);
        } catch (AccessDeniedException denied) {
            throw new IOException("--events: must be a readable file. Found: " + file, denied);
        }
    }

    @Override
    public boolean hasNext() {
        return line.isPresent();
    }

    @Override
    public SampleRecord next() {
        byte[] value = line.orElseThrow(NoSuchElementException::new);
        try {
            line = read();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return new SampleRecord(System.currentTimeMillis(), Optional.empty(), value);
    }

    /** Number of lines so far that exceeded Kafka's limit. */
    long tooLong() {
        return tooLong;
    }

    @Override
    public void close() throws IOException {
        input.close();
    }

    private Optional<byte[]> read() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        boolean fits = true;
        for (int next = input.read(); next != -1; next = input.read()) {
            if (next != '\n') {
                fits = fits && bytes.size() < MAX_LINE_BYTES;
                if (fits && next != '\r') {
                    bytes.write(next);
                }
                continue;
            }
            if (fits && bytes.size() > 0) {
                return Optional.of(bytes.toByteArray());
            }
            tooLong += fits ? 0 : 1;
            fits = true;
            bytes.reset();
        }
        tooLong += fits ? 0 : 1;
        return fits && bytes.size() > 0 ? Optional.of(bytes.toByteArray()) : Optional.empty();
    }
}
