package io.sessionizer.app.check;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * The lines of a file, as bytes. A line ends with a line feed or with a carriage return and a line feed. Empty lines
 * are skipped, but counted. Not thread-safe.
 */
final class EventLines implements AutoCloseable {
    /** The name that stands for standard input. */
    static final String STANDARD_INPUT = "-";

    private static final String OPTION = "--events: ";
    private static final int CHUNK = 1 << 16;

    private final String name;
    private final InputStream in;
    private final byte[] chunk = new byte[CHUNK];
    private byte[] line = new byte[1 << 10];
    private int at;
    private int end;
    private long number;

    private EventLines(String name, InputStream in) {
        this.name = name;
        this.in = in;
    }

    /**
     * A line.
     *
     * @param number the number of the line, from 1
     * @param value the bytes without the line end; empty if the line is longer than the maximum
     */
    record EventLine(long number, Optional<byte[]> value) {}

    /**
     * Opens a file.
     *
     * @param file the name of the file, or {@link #STANDARD_INPUT}
     * @throws IOException with one line for the operator
     */
    static EventLines open(String file, InputStream standardInput) throws IOException {
        if (file.equals(STANDARD_INPUT)) {
            return new EventLines("standard input", standardInput);
        }
        try {
            Path path = Path.of(file);
            if (Files.isDirectory(path)) {
                throw new IOException(OPTION + "must be a file. Found: " + file + ", a directory");
            }
            return new EventLines(file, Files.newInputStream(path));
        } catch (NoSuchFileException | InvalidPathException e) {
            throw new IOException(OPTION + "must be a file that exists. Found: " + file, e);
        } catch (AccessDeniedException e) {
            throw new IOException(OPTION + "must be a readable file. Found: " + file, e);
        }
    }

    /**
     * The next line that is not empty; empty at the end of the file.
     *
     * @param maxBytes the longest line that is kept
     * @throws IOException with one line for the operator
     */
    Optional<EventLine> next(int maxBytes) throws IOException {
        while (hasByte()) {
            number++;
            int length = readLine(maxBytes);
            if (length > maxBytes) {
                return Optional.of(new EventLine(number, Optional.empty()));
            }
            int without = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
            if (without > 0) {
                return Optional.of(new EventLine(number, Optional.of(Arrays.copyOf(line, without))));
            }
        }
        return Optional.empty();
    }

    /** Whether reading the next line may block. */
    boolean isWaiting() throws IOException {
        return at == end && in.available() == 0;
    }

    /** @throws IOException with one line for the operator, if no line was found */
    void requireAny(long found) throws IOException {
        if (found == 0) {
            throw new IOException(
                    OPTION + "must have at least one line that is not empty. Found: " + name + ", with none");
        }
    }

    private boolean hasByte() throws IOException {
        if (at == end) {
            at = 0;
            end = Math.max(0, readChunk());
        }
        return at < end;
    }

    private int readChunk() throws IOException {
        try {
            return in.read(chunk);
        } catch (IOException e) {
            throw new IOException(
                    OPTION + "must be a file that can be read. Found: " + name + ", " + e.getMessage(), e);
        }
    }

    /** Reads up to the end of the line; returns its length, or more than the maximum. */
    private int readLine(int maxBytes) throws IOException {
        int length = 0;
        while (hasByte()) {
            int feed = at;
            while (feed < end && chunk[feed] != '\n') {
                feed++;
            }
            length = append(length, feed - at, maxBytes);
            at = Math.min(end, feed + 1);
            if (feed < end) {
                return length;
            }
        }
        return length;
    }

    private int append(int length, int more, int maxBytes) {
        if (length > maxBytes || more > maxBytes - length) {
            return maxBytes + 1;
        }
        if (length + more > line.length) {
            line = Arrays.copyOf(line, (int) Math.max(length + more, Math.min(maxBytes, 2L * line.length)));
        }
        System.arraycopy(chunk, at, line, length, more);
        return length + more;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
