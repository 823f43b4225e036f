package io.sessionizer.kafka.state;

import io.sessionizer.kafka.config.NodeNames;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** The stores of the processors. */
public final class StateStores {
    private static final Serde<byte[]> BYTES = Serdes.ByteArray();

    private StateStores() {}

    /** Builders of the stores of a processor that keeps sessions, for {@code ProcessorSupplier.stores()}. */
    public static Set<StoreBuilder<?>> ofSessions() {
        return Set.of(timelines(), deadlines(), board(), new CommitSignal.Builder(NodeNames.COMMIT_SIGNAL));
    }

    /** Builders of the stores of a processor that re-keys the input. */
    public static Set<StoreBuilder<?>> ofInput() {
        return Set.of(
                persistent(NodeNames.INPUT).withLoggingEnabled(Map.of()),
                new CommitSignal.Builder(NodeNames.INPUT_COMMIT_SIGNAL));
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
        return Stores.keyValueStoreBuilder(new QueriedRocksDbStore.Supplier(name), BYTES, BYTES)
                .withCachingDisabled();
    }
}
