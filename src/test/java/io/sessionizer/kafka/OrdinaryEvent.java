package io.sessionizer.kafka;

import static io.sessionizer.kafka.StreamDriver.bytes;

import io.sessionizer.event.EventReader;
import io.sessionizer.event.Stamper;
import io.sessionizer.event.Verdict;
import io.sessionizer.event.format.FormatPreset;
import io.sessionizer.kafka.config.NodeNames;
import io.sessionizer.kafka.config.SessionizerSettings;
import io.sessionizer.kafka.config.SessionizerSettings.InputSettings;
import io.sessionizer.kafka.config.SessionizerSettings.Uncounted;
import io.sessionizer.kafka.config.SessionizerSettings.UserFrom;
import io.sessionizer.kafka.input.InputDeserializer;
import io.sessionizer.kafka.input.InputRecord;
import io.sessionizer.kafka.input.InputTimestampExtractor;
import io.sessionizer.kafka.state.CacheBudget;
import io.sessionizer.kafka.state.CommitSignal;
import io.sessionizer.kafka.status.Counters;
import io.sessionizer.kafka.task.EventProcessor;
import io.sessionizer.kafka.task.InstanceScope;
import io.sessionizer.kafka.task.Now;
import io.sessionizer.kafka.task.TestScopes;
import io.sessionizer.kafka.topics.CurrentLimits;
import io.sessionizer.kafka.topics.OutputLimits;
import io.sessionizer.session.ClockSteps;
import io.sessionizer.session.EventAdded;
import io.sessionizer.session.EventOrigin;
import io.sessionizer.session.SessionIdForm;
import io.sessionizer.session.Timeline;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.Stores;

/**
 * A program that prints how many bytes an ordinary event, one that extends an open session, allocates on the heap once the
 * code is compiled. It has a JVM to itself, since what the compiler does without depends on all that was run before.
 */
final class OrdinaryEvent {
    private static final int RUNS_A_ROUND = 20_000;
    private static final int USERS = 64;
    private static final long START = Instant.parse("2016-07-12T11:00:00Z").toEpochMilli();
    private static final long NOW = START + USERS;
    private static final byte[][] NAMES = each("user-10%02d");
    private static final byte[][] EVENTS = each("{\"identity\":\"user-10%02d\",\"type\":\"event\","
            + "\"evtName\":\"Product Viewed\",\"ts\":14683212000%1$02d,"
            + "\"evtData\":{\"Product\":\"Shoes\",\"Price\":59.99,\"CT Source\":\"Web\"}}");

    private int next;
    private byte[] stamped;

    private OrdinaryEvent() {}

    /** @param args the part of the way to measure: read or process; and the figure that is small enough */
    public static void main(String[] args) {
        OrdinaryEvent event = new OrdinaryEvent();
        double enough = Double.parseDouble(args[1]);
        System.out.println(args[0].equals("read") ? event.readAddedAndStamped(enough) : event.processed(enough));
    }

    private double readAddedAndStamped(double enough) {
        EventReader reader = new EventReader(FormatPreset.CLEVERTAP.format(), false);
        Stamper stamper = new Stamper(FormatPreset.CLEVERTAP.format());
        EventOrigin origin = new EventOrigin(SessionIdForm.UUID);
        ClockSteps clock = ClockSteps.at(NOW);
        Timeline[] timelines = new Timeline[USERS];
        Arrays.fill(timelines, Timeline.EMPTY);
        double found = AllocatedBytes.perRun(enough, RUNS_A_ROUND, () -> {
            int at = next++ % USERS;
            if (reader.read(EVENTS[at]) != Verdict.COUNTS) {
                throw new IllegalStateException("verdict: must be COUNTS. Found: " + reader.reason());
            }
            EventAdded added =
                    timelines[at].add(reader.time(), clock, TestSettings.RULES, origin.set(NAMES[at], 0, next));
            timelines[at] = added.timeline();
            stamped = stamper.stamp(reader.stampable(), added.session().id());
        });
        require(202, stamped.length);
        return found;
    }

    private double processed(double enough) {
        SessionizerSettings settings = defaults();
        OutputLimits limits = StreamDriver.limits(StreamDriver.KAFKAS);
        MockProcessorContext<byte[], byte[]> context = context();
        InstanceScope scope = scope(settings, limits);
        EventProcessor processor = new EventProcessor(scope, TestScopes.input(scope, StreamDriver.reads()));
        processor.init(context);
        InputDeserializer deserializer = new InputDeserializer();
        InputTimestampExtractor extractor = new InputTimestampExtractor(settings, new CurrentLimits(limits), () -> NOW);
        return AllocatedBytes.perRun(enough, RUNS_A_ROUND, () -> {
            int at = next++ % USERS;
            InputRecord incoming = deserializer.deserialize("events", EVENTS[at]);
            Headers headers = new RecordHeaders();
            long clock = extractor.extract(record(NAMES[at], incoming, headers), START);
            processor.process(new Record<>(NAMES[at], incoming, clock, headers));
            if (next == USERS) {
                requireStamps(context);
            }
            if (next % 1_024 == 0) {
                context.resetForwards();
            }
        });
    }

    /** The settings of the event are a configuration's defaults. */
    private static SessionizerSettings defaults() {
        SessionizerSettings settings = TestSettings.of(UserFrom.KEY, Uncounted.DROP, Map.of());
        return new SessionizerSettings(
                new InputSettings(UserFrom.KEY, Uncounted.DROP, FormatPreset.CLEVERTAP.format(), true, false),
                settings.rules(),
                settings.clock(),
                settings.topics(),
                settings.runtime());
    }

    private static MockProcessorContext<byte[], byte[]> context() {
        MockProcessorContext<byte[], byte[]> context = new MockProcessorContext<>(new Properties());
        for (String name : List.of(NodeNames.TIMELINES, NodeNames.DEADLINES, NodeNames.BOARD)) {
            StateStore store = Stores.keyValueStoreBuilder(
                            Stores.inMemoryKeyValueStore(name), Serdes.ByteArray(), Serdes.ByteArray())
                    .withLoggingDisabled()
                    .build();
            store.init(context.getStateStoreContext(), store);
        }
        StateStore commits = new CommitSignal.Builder(NodeNames.COMMIT_SIGNAL).build();
        commits.init(context.getStateStoreContext(), commits);
        context.setRecordMetadata("events", 0, 0);
        context.setCurrentSystemTimeMs(NOW);
        context.setCurrentStreamTimeMs(NOW);
        return context;
    }

    private static InstanceScope scope(SessionizerSettings settings, OutputLimits limits) {
        return new InstanceScope(
                settings,
                TestScopes.topics(1, limits),
                new Now(() -> NOW, System::nanoTime, () -> true),
                new Counters(),
                new CacheBudget(1 << 24));
    }

    private static ConsumerRecord<Object, Object> record(byte[] key, InputRecord incoming, Headers headers) {
        return new ConsumerRecord<>(
                "events",
                0,
                0,
                NOW,
                TimestampType.CREATE_TIME,
                key.length,
                incoming.value().length,
                key,
                incoming,
                headers,
                Optional.empty());
    }

    private static void requireStamps(MockProcessorContext<byte[], byte[]> context) {
        long are = context.forwarded().stream()
                .filter(each -> each.childName().equals(Optional.of(NodeNames.ENRICHED_SINK)))
                .filter(each ->
                        new String(each.record().value(), StandardCharsets.UTF_8).contains("\"CT Session ID\":\""))
                .count();
        require(USERS, are);
    }

    private static void require(long required, long found) {
        if (found != required) {
            throw new IllegalStateException("Must be " + required + ". Found: " + found);
        }
    }

    /** For each user the text with its number. */
    private static byte[][] each(String format) {
        return IntStream.range(0, USERS)
                .mapToObj(i -> bytes(String.format(format, i)))
                .toArray(byte[][]::new);
    }
}
