package io.sessionizer.bench.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sessionizer.event.format.EventFormat;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.state.KeyValueStore;

/** Stamps an event with its user's current session, and opens another when the event lies more than the gap away. */
final class DslStamper implements FixedKeyProcessor<String, JsonNode, JsonNode> {
    static final String STORE = "current";
    static final Serde<CurrentSession> CURRENT = Serdes.serdeFrom(
            (topic, current) -> current == null ? null : current.toBytes(),
            (topic, bytes) -> bytes == null ? null : CurrentSession.of(bytes));

    private final EventFormat format;
    private final long gapMs;
    private FixedKeyProcessorContext<String, JsonNode> context;
    private KeyValueStore<String, CurrentSession> store;

    DslStamper(EventFormat format, long gapMs) {
        this.format = format;
        this.gapMs = gapMs;
    }

    @Override
    public void init(FixedKeyProcessorContext<String, JsonNode> context) {
        this.context = context;
        this.store = context.getStateStore(STORE);
    }

    @Override
    public void process(FixedKeyRecord<String, JsonNode> record) {
        long time = record.timestamp();
        CurrentSession before = store.get(record.key());
        UUID id;
        if (before != null && time >= before.startMs - gapMs && time <= before.endMs + gapMs) {
            id = before.id;
            store.put(
                    record.key(), new CurrentSession(id, Math.min(before.startMs, time), Math.max(before.endMs, time)));
        } else {
            id = UUID.nameUUIDFromBytes((record.key() + time).getBytes());
            if (before == null || time > before.endMs) {
                store.put(record.key(), new CurrentSession(id, time, time));
            }
        }
        // in place: the windows only count and do not read this tree
        List<String> data = format.dataPaths().get(0);
        String session = format.sessionPath(data).get(data.size());
        ((ObjectNode) record.value().get(data.get(0))).put(session, id.toString());
        context.forward(record);
    }

    /** A user's latest session. */
    record CurrentSession(UUID id, long startMs, long endMs) {
        static CurrentSession of(byte[] bytes) {
            ByteBuffer in = ByteBuffer.wrap(bytes);
            return new CurrentSession(new UUID(in.getLong(), in.getLong()), in.getLong(), in.getLong());
        }

        byte[] toBytes() {
            return ByteBuffer.allocate(4 * Long.BYTES)
                    .putLong(id.getMostSignificantBits())
                    .putLong(id.getLeastSignificantBits())
                    .putLong(startMs)
                    .putLong(endMs)
                    .array();
        }
    }
}
