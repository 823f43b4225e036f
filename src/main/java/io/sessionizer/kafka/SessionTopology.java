package io.sessionizer.kafka;

import io.sessionizer.kafka.config.NodeNames;
import io.sessionizer.kafka.config.SessionizerSettings;
import io.sessionizer.kafka.config.TopicRole;
import io.sessionizer.kafka.input.InputDeserializer;
import io.sessionizer.kafka.input.InputRecord;
import io.sessionizer.kafka.input.InputTimestampExtractor;
import io.sessionizer.kafka.state.StateStores;
import io.sessionizer.kafka.task.EventProcessor;
import io.sessionizer.kafka.task.InputScope;
import io.sessionizer.kafka.task.InstanceScope;
import io.sessionizer.kafka.task.RekeyProcessor;
import io.sessionizer.kafka.task.RepartitionedProcessor;
import java.util.Set;
import java.util.function.Supplier;
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
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * The topology. Each processor forwards to its sinks by name:
 *
 * <pre>
 * user.from=key:      events ─► sessionize ─► enriched, concluded, dead letters, profiles, board, sessions
 * user.from=payload:  events ─► rekey ─► by-user ─► sessionize ─► enriched, concluded, profiles, board, sessions
 *                                 └─► enriched (uncounted without user), dead letters
 * </pre>
 *
 * The topic sessions, the sessions table, is optional.
 */
final class SessionTopology {
    private static final Serde<byte[]> BYTES = Serdes.ByteArray();

    private final InstanceScope scope;
    private final InputScope input;
    private final SessionizerSettings settings;
    private final Set<StoreBuilder<?>> stores;

    SessionTopology(InstanceScope scope, InputScope input) {
        this(scope, input, StateStores.ofSessions());
    }

    /** @param stores of the processor that keeps sessions */
    SessionTopology(InstanceScope scope, InputScope input, Set<StoreBuilder<?>> stores) {
        this.scope = scope;
        this.input = input;
        this.settings = scope.settings();
        this.stores = stores;
    }

    /** Builds it for this configuration of Kafka Streams. */
    Topology build(StreamsConfig config) {
        StreamsBuilder builder = new StreamsBuilder(new TopologyConfig(config));
        KStream<byte[], InputRecord> events = builder.stream(
                settings.topics().name(TopicRole.EVENTS),
                Consumed.with(BYTES, inputSerde())
                        .withTimestampExtractor(new InputTimestampExtractor(
                                settings, scope.topics().limits(), scope.now().wall()))
                        .withName(NodeNames.EVENTS));
        return switch (settings.input().userFrom()) {
            case KEY -> keyed(builder, events);
            case PAYLOAD -> rekeyed(builder, events);
        };
    }

    private Topology keyed(StreamsBuilder builder, KStream<byte[], InputRecord> events) {
        events.process(sessionizing(() -> new EventProcessor(scope, input)), Named.as(NodeNames.SESSIONIZE));
        Topology topology = builder.build();
        addSessionSinks(topology);
        addSink(topology, NodeNames.DEAD_LETTER_SINK, TopicRole.DEAD_LETTER, NodeNames.SESSIONIZE);
        return topology;
    }

    /** The DSL creates the repartition topic, which {@code Topology} cannot. */
    private Topology rekeyed(StreamsBuilder builder, KStream<byte[], InputRecord> events) {
        KStream<byte[], byte[]> rekeyed = events.process(
                new WithStores<>(() -> new RekeyProcessor(scope, input), StateStores.ofInput()),
                Named.as(NodeNames.REKEY));
        rekeyed.repartition(Repartitioned.with(BYTES, BYTES)
                        .withName(NodeNames.BY_USER)
                        .withNumberOfPartitions(scope.topics().partitions())
                        .withStreamPartitioner(new WatermarkPartitioner()))
                .process(
                        sessionizing(() -> new RepartitionedProcessor(scope, input.reads())),
                        Named.as(NodeNames.SESSIONIZE));
        Topology topology = builder.build();
        addSessionSinks(topology);
        addSink(topology, NodeNames.ENRICHED_UNKNOWN_USER_SINK, TopicRole.ENRICHED, NodeNames.REKEY);
        addSink(topology, NodeNames.DEAD_LETTER_SINK, TopicRole.DEAD_LETTER, NodeNames.REKEY);
        return topology;
    }

    /** The sinks that every processor of sessions forwards to by name. */
    private void addSessionSinks(Topology topology) {
        addSink(topology, NodeNames.ENRICHED_SINK, TopicRole.ENRICHED, NodeNames.SESSIONIZE);
        addSink(topology, NodeNames.CONCLUDED_SINK, TopicRole.CONCLUDED, NodeNames.SESSIONIZE);
        addSink(topology, NodeNames.PROFILES_SINK, TopicRole.PROFILES, NodeNames.SESSIONIZE);
        addSink(topology, NodeNames.BOARD_SINK, TopicRole.BOARD, NodeNames.SESSIONIZE);
        if (settings.topics().has(TopicRole.SESSIONS)) {
            addSink(topology, NodeNames.SESSIONS_SINK, TopicRole.SESSIONS, NodeNames.SESSIONIZE);
        }
    }

    private void addSink(Topology topology, String name, TopicRole role, String parent) {
        topology.addSink(name, settings.topics().name(role), BYTES.serializer(), BYTES.serializer(), parent);
    }

    private <V> WithStores<V> sessionizing(Supplier<Processor<byte[], V, byte[], byte[]>> processors) {
        return new WithStores<>(processors, stores);
    }

    /** Supplies processors, each with stores of its own. */
    private record WithStores<V>(Supplier<Processor<byte[], V, byte[], byte[]>> processors, Set<StoreBuilder<?>> stores)
            implements ProcessorSupplier<byte[], V, byte[], byte[]> {
        @Override
        public Processor<byte[], V, byte[], byte[]> get() {
            return processors.get();
        }
    }

    private Serde<InputRecord> inputSerde() {
        Serializer<InputRecord> never = (topic, input) -> {
            throw new UnsupportedOperationException("an incoming record is never written");
        };
        return Serdes.serdeFrom(never, new InputDeserializer());
    }
}
