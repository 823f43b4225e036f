package io.sessionizer.kafka;

import io.sessionizer.StoredEntries;
import io.sessionizer.kafka.config.NodeNames;
import io.sessionizer.kafka.config.SessionizerSettings.UserFrom;
import io.sessionizer.record.CheckpointCodec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes the fixtures of stored bytes, from {@link StoredInput}, as the current code stores it. Services in
 * production have such bytes on their disks and brokers, so they must not be rewritten to make a test pass; a new format gets
 * fixtures of its own beside these. To write them all:
 *
 * <pre>
 * mvn -q test-compile exec:java -Dexec.mainClass=io.sessionizer.kafka.StoredBytesWriter
 * </pre>
 *
 * <p>Fixtures whose name ends in a version are of an earlier format: no code writes them any more, and they stay as
 * they are.
 */
public final class StoredBytesWriter {
    private static final String REPARTITION = "sessionizer-" + NodeNames.BY_USER + "-repartition";

    private final Map<String, StoredEntries> written = new TreeMap<>();

    private StoredBytesWriter() {}

    public static void main(String[] args) throws IOException {
        for (Map.Entry<String, StoredEntries> each : write().entrySet()) {
            each.getValue().write(each.getKey());
        }
    }

    /** All fixtures by name. */
    static Map<String, StoredEntries> write() {
        StoredBytesWriter writer = new StoredBytesWriter();
        writer.writeKeyed();
        writer.writeRepartitioned();
        writer.writeDeadlines();
        return writer.written;
    }

    private void writeKeyed() {
        try (StreamDriver stream = StoredInput.atFirst(UserFrom.KEY)) {
            StoredInput input = new StoredInput(stream);
            input.beforeCut();
            written.put("timelines", store(stream, NodeNames.TIMELINES));
            written.put("board", store(stream, NodeNames.BOARD));
            input.afterCut();
            written.put("board-topic", topic(stream, "session-board"));
        }
    }

    private void writeRepartitioned() {
        try (StreamDriver stream = StoredInput.atFirst(UserFrom.PAYLOAD)) {
            new StoredInput(stream).beforeCut();
            written.put("by-user-topic", topic(stream, REPARTITION));
        }
    }

    private void writeDeadlines() {
        try (StreamDriver stream = StoredInput.forDeadlines()) {
            new StoredInput(stream).deadlines();
            StoredEntries deadlines = new StoredEntries();
            store(stream, NodeNames.DEADLINES).list().stream()
                    .filter(entry -> entry.key().length < StoredInput.LONGEST_USER)
                    .forEach(entry -> deadlines.add(entry.key(), entry.value()));
            written.put("deadlines", deadlines);
        }
    }

    /** What the store holds now; a checkpoint as version 1 stored it. */
    static StoredEntries store(StreamDriver stream, String name) {
        StoredEntries entries = new StoredEntries();
        boolean hasCheckpoint = name.equals(NodeNames.TIMELINES);
        try (var all = stream.store(name).all()) {
            all.forEachRemaining(entry -> entries.add(
                    entry.key, hasCheckpoint && entry.key.length == 0 ? checkpointVersion1(entry.value) : entry.value));
        }
        return entries;
    }

    private static byte[] checkpointVersion1(byte[] bytes) {
        return ByteBuffer.allocate(1 + Long.BYTES)
                .put((byte) 1)
                .putLong(CheckpointCodec.decode(bytes).clockMs())
                .array();
    }

    private static StoredEntries topic(StreamDriver stream, String name) {
        StoredEntries entries = new StoredEntries();
        stream.output(name).forEach(record -> entries.add(record.key(), record.value()));
        return entries;
    }

    /** Pipes the records of the fixture into the processor that reads the repartition topic, one a second. */
    static void pipeRepartitioned(StreamDriver stream, StoredEntries records) {
        for (StoredEntries.StoredEntry record : records.list()) {
            stream.pipeInto(REPARTITION, record.key(), record.value());
            stream.pollUntil(stream.wall() + 1_000);
        }
    }
}
