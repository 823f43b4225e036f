package io.sessionizer.bench.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sessionizer.event.format.EventFilter;
import io.sessionizer.event.format.EventFormat;
import io.sessionizer.kafka.config.SessionizerSettings;
import io.sessionizer.kafka.config.TopicRole;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.SessionWindows;
import org.apache.kafka.streams.kstream.Suppressed;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.state.SessionStore;
import org.apache.kafka.streams.state.Stores;

/**
 * The same job as a good engineer writes it with the DSL: the events as Jackson trees, filtered; stamped from a cached
 * store of each user's current session; and counted in session windows that are published once they are closed. An event that
 * is late by more than the grace is lost to the windows, as the DSL has it, and a session is published a grace later.
 */
final class DslTopology {
    private static final String SESSIONS = "sessions";
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Serde<String> TEXT = Serdes.String();
    private static final Serde<JsonNode> JSON =
            Serdes.serdeFrom((topic, tree) -> write(tree), (topic, bytes) -> read(bytes));

    private final SessionizerSettings settings;
    private final EventFormat format;
    private final Duration gap;
    private final Duration grace;

    DslTopology(SessionizerSettings settings, Duration grace) {
        this.settings = settings;
        this.format = settings.input().format();
        this.gap = Duration.ofMillis(settings.rules().gapMs());
        this.grace = grace;
    }

    Topology build() {
        StreamsBuilder builder = new StreamsBuilder();
        builder.addStateStore(
                Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(DslStamper.STORE), TEXT, DslStamper.CURRENT)
                        .withCachingEnabled()
                        .withLoggingEnabled(Map.of()));
        KStream<String, JsonNode> counted = builder.stream(
                        settings.topics().name(TopicRole.EVENTS),
                        Consumed.with(TEXT, JSON).withTimestampExtractor(DslTopology::eventTime))
                .filter((user, event) -> counts(event), Named.as("counts"));
        counted.processValues(() -> new DslStamper(format, gap.toMillis()), Named.as("stamp"), DslStamper.STORE)
                .to(settings.topics().name(TopicRole.ENRICHED), Produced.with(TEXT, JSON));
        counted.groupByKey(Grouped.with("by-user", TEXT, JSON))
                .windowedBy(SessionWindows.ofInactivityGapAndGrace(gap, grace))
                .count(Materialized.<String, Long, SessionStore<Bytes, byte[]>>as(SESSIONS)
                        .withKeySerde(TEXT)
                        .withValueSerde(Serdes.Long()))
                .suppress(Suppressed.untilWindowCloses(Suppressed.BufferConfig.unbounded())
                        .withName("closed"))
                .toStream(Named.as("concluded"))
                .map((user, events) -> KeyValue.pair(user.key(), concluded(user, events)), Named.as("tell"))
                .to(settings.topics().name(TopicRole.CONCLUDED), Produced.with(TEXT, JSON));
        return builder.build();
    }

    private boolean counts(JsonNode event) {
        return event.path("type").asText("event").equals("event")
                && !format.filter()
                        .excludedEvents()
                        .contains(event.path("evtName").asText())
                && !format.filter()
                        .untrackedSources()
                        .contains(event.path("evtData").path("CT Source").asText());
    }

    private static JsonNode concluded(Windowed<String> session, long events) {
        long start = session.window().start();
        long end = session.window().end();
        ObjectNode event = JsonNodeFactory.instance
                .objectNode()
                .put("identity", session.key())
                .put("type", "event")
                .put("evtName", EventFilter.CONCLUDED_EVENT)
                .put("ts", end / 1000);
        event.putObject("evtData")
                .put("Session Length", (end - start) / 1000)
                .put("Session Start", start / 1000)
                .put("Event Count", events);
        return event;
    }

    private static long eventTime(ConsumerRecord<Object, Object> record, long partitionTime) {
        long ts = ((JsonNode) record.value()).path("ts").asLong();
        return ts >= 100_000_000_000L ? ts : ts * 1000;
    }

    private static JsonNode read(byte[] bytes) {
        try {
            return bytes == null ? null : MAPPER.readTree(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] write(JsonNode tree) {
        try {
            return tree == null ? null : MAPPER.writeValueAsBytes(tree);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
