package io.sessionizer.kafka.state;

import io.sessionizer.kafka.config.NodeNames;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** The stores of the processor that keeps sessions. */
public final class StateStores {
    private static final Serde<byte[]> BYTES = Serdes.ByteArray();

    private StateStores() {}

    /** Builders of all stores, for {@code ProcessorSupplier.stores()}. */
    public static Set<StoreBuilder<?>> builders() {
        return Set.of(timelines(), deadlines(), board(), new CommitSignal.Builder());
    }

    /** Not cached by Kafka Streams: {@link TimelineStore} caches objects instead of bytes. */
    private static StoreBuilder<KeyValueStore<byte[], byte[]>> timelines() {
        return persistent(NodeNames.TIMELINES).withLoggingEnabled(Map.of());
    }

    /** Not cached either: {@link QuarterHourStore} writes a row at most once per commit. */
    private static StoreBuilder<KeyValueStore<byte[], byte[]>> board() {
        return persistent(NodeNames.BOARD).withLoggingEnabled(Map.of());
    }

    /** Without a changelog: deadlines are rebuilt, so they need not be logged or restored. */
    private static StoreBuilder<KeyValueStore<byte[], byte[]>> deadlines() {
        return persistent(NodeNames.DEADLINES).withLoggingDisabled();
    }

    private static StoreBuilder<KeyValueStore<byte[], byte[]>> persistent(String name) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), BYTES, BYTES)
                .withCachingDisabled();
    }
}
