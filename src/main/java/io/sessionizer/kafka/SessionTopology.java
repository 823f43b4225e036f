package io.sessionizer.kafka;

import io.sessionizer.event.EventReader;
import io.sessionizer.event.UserKey;
import io.sessionizer.kafka.config.NodeNames;
import io.sessionizer.kafka.config.SessionizerSettings;
import io.sessionizer.kafka.config.TopicRole;
import io.sessionizer.kafka.input.InputDeserializer;
import io.sessionizer.kafka.input.InputRecord;
import io.sessionizer.kafka.input.InputTimestampExtractor;
import io.sessionizer.kafka.state.CommitSignal;
import io.sessionizer.kafka.state.TimelineStore;
import io.sessionizer.kafka.task.EventProcessor;
import io.sessionizer.kafka.task.InstanceScope;
import io.sessionizer.kafka.task.RekeyProcessor;
import io.sessionizer.kafka.task.RepartitionedProcessor;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The topology:
 *
 * <pre>
 * user.from=key:      events ─► sessionize ─► enriched, concluded, dead letters, profiles, board
 * user.from=payload:  events ─► rekey ─► by-user ─► sessionize ─► enriched, concluded, profiles, board
 *                                 └─► enriched (uncounted without user), dead letters
 * </pre>
 */
final class SessionTopology {
    private static final Serde<byte[]> BYTES = Serdes.ByteArray();

    private final InstanceScope scope;
    private final SessionizerSettings settings;
    private final LongSupplier wall;

    /** @param wall the wall clock, epoch ms */
    SessionTopology(InstanceScope scope, LongSupplier wall) {
        this.scope = scope;
        this.settings = scope.settings();
        this.wall = wall;
    }

    /** Builds it for this configuration of Kafka Streams. */
    Topology build(StreamsConfig config) {
        StreamsBuilder builder = new StreamsBuilder(new TopologyConfig(config));
        builder.addStateStore(timelines());
        builder.addStateStore(deadlines());
        builder.addStateStore(board());
        builder.addStateStore(new CommitSignal.Builder());
        KStream<byte[], InputRecord> events = builder.stream(
                settings.topics().name(TopicRole.EVENTS),
                Consumed.with(BYTES, inputSerde())
                        .withTimestampExtractor(new InputTimestampExtractor(settings, scope.limits(), wall))
                        .withName(NodeNames.EVENTS));
        switch (settings.input().userFrom()) {
            case KEY -> {
                KStream<byte[], byte[]> results = events.process(
                        () -> new EventProcessor(scope),
                        Named.as(NodeNames.SESSIONIZE),
                        NodeNames.TIMELINES,
                        NodeNames.DEADLINES,
                        NodeNames.BOARD,
                        NodeNames.COMMIT_SIGNAL);
                send(results, settings.topics().name(TopicRole.ENRICHED), NodeNames.ENRICHED);
                send(results, settings.topics().name(TopicRole.CONCLUDED), NodeNames.CONCLUDED);
                send(results, settings.topics().name(TopicRole.DEAD_LETTER), NodeNames.DEAD_LETTER);
                sendStats(results);
            }
            case PAYLOAD -> rekeyed(events);
        }
        return builder.build();
    }

    private void rekeyed(KStream<byte[], InputRecord> events) {
        KStream<byte[], byte[]> rekeyed = events.process(() -> new RekeyProcessor(scope), Named.as(NodeNames.REKEY));
        KStream<byte[], byte[]> results = rekeyed.repartition(Repartitioned.with(BYTES, BYTES)
                        .withName(NodeNames.BY_USER)
                        .withNumberOfPartitions(scope.partitions())
                        .withStreamPartitioner(SessionTopology::byUserOrToAll))
                .process(
                        () -> new RepartitionedProcessor(scope),
                        Named.as(NodeNames.SESSIONIZE),
                        NodeNames.TIMELINES,
                        NodeNames.DEADLINES,
                        NodeNames.BOARD,
                        NodeNames.COMMIT_SIGNAL);
        send(rekeyed, settings.topics().name(TopicRole.ENRICHED), NodeNames.ENRICHED_UNKNOWN_USER);
        send(rekeyed, settings.topics().name(TopicRole.DEAD_LETTER), NodeNames.DEAD_LETTER);
        send(results, settings.topics().name(TopicRole.ENRICHED), NodeNames.ENRICHED);
        send(results, settings.topics().name(TopicRole.CONCLUDED), NodeNames.CONCLUDED);
        sendStats(results);
    }

    private void sendStats(KStream<byte[], byte[]> results) {
        send(results, settings.topics().name(TopicRole.PROFILES), NodeNames.PROFILES);
        send(results, settings.topics().name(TopicRole.BOARD), NodeNames.BOARD_SINK);
    }

    /** A watermark goes to all partitions; users are left to the default partitioner. */
    private static Optional<Set<Integer>> byUserOrToAll(String topic, byte[] key, byte[] value, int partitions) {
        return Arrays.equals(key, UserKey.NONE)
                ? Optional.of(IntStream.range(0, partitions).boxed().collect(Collectors.toSet()))
                : Optional.empty();
    }

    private static void send(KStream<byte[], byte[]> results, String topic, String name) {
        results.to(topic, Produced.with(BYTES, BYTES).withName(name));
    }

    private Serde<InputRecord> inputSerde() {
        boolean userInPayload = settings.input().userFrom() == SessionizerSettings.UserFrom.PAYLOAD;
        Serializer<InputRecord> never = (topic, input) -> {
            throw new UnsupportedOperationException("an incoming record is never written");
        };
        return Serdes.serdeFrom(
                never,
                new InputDeserializer(() -> new EventReader(settings.input().format(), userInPayload)));
    }

    /** Not cached by Kafka Streams: {@link TimelineStore} caches objects instead of bytes. */
    private static StoreBuilder<KeyValueStore<byte[], byte[]>> timelines() {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(NodeNames.TIMELINES), BYTES, BYTES)
                .withCachingDisabled()
                .withLoggingEnabled(Map.of());
    }

    /** Not cached either: a row is written at most once per commit anyway. */
    private static StoreBuilder<KeyValueStore<byte[], byte[]>> board() {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(NodeNames.BOARD), BYTES, BYTES)
                .withCachingDisabled()
                .withLoggingEnabled(Map.of());
    }

    /** Without a changelog: deadlines are rebuilt, so they need not be logged or restored. */
    private static StoreBuilder<KeyValueStore<byte[], byte[]>> deadlines() {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(NodeNames.DEADLINES), BYTES, BYTES)
                .withCachingDisabled()
                .withLoggingDisabled();
    }
}
