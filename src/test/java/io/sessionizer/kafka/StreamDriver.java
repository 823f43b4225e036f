package io.sessionizer.kafka;

import io.sessionizer.event.UserKey;
import io.sessionizer.event.format.FormatPreset;
import io.sessionizer.kafka.config.SessionizerSettings;
import io.sessionizer.kafka.config.StreamsProperties;
import io.sessionizer.kafka.config.TopicRole;
import io.sessionizer.kafka.input.FakeLeaders;
import io.sessionizer.kafka.input.InputReads;
import io.sessionizer.kafka.state.CacheBudget;
import io.sessionizer.kafka.status.Counters;
import io.sessionizer.kafka.task.InputScope;
import io.sessionizer.kafka.task.InstanceScope;
import io.sessionizer.kafka.task.Now;
import io.sessionizer.kafka.task.TestScopes;
import io.sessionizer.kafka.topics.OutputLimits;
import io.sessionizer.kafka.topics.ReadyTopics;
import io.sessionizer.kafka.topics.TopicLimit;
import io.sessionizer.session.EventOrigin;
import io.sessionizer.session.SessionId;
import io.sessionizer.session.SessionIdForm;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.internals.StreamTask;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;

/** Kafka's own test driver around the real topology and real RocksDB stores, with a wall clock that tests move. */
public final class StreamDriver implements AutoCloseable {
    /** Kafka's defaults. */
    public static final TopicLimit KAFKAS = new TopicLimit(1_048_576, Long.MAX_VALUE, 3_600_000, Long.MAX_VALUE);

    private final SessionizerSettings settings;
    private final TopologyTestDriver driver;
    private final InstanceScope scope;
    private final FakeLeaders leaders = new FakeLeaders();
    private long wall;
    private long nanos;
    private BooleanSupplier tracking = () -> true;

    /** The input has so many partitions, of which only the first is read. */
    public StreamDriver(SessionizerSettings settings, long wall, OutputLimits limits, int partitions) {
        this.settings = settings;
        this.wall = wall;
        StreamsConfig config = config(settings);
        scope = scope(
                settings,
                TestScopes.topics(partitions, limits),
                new Now(() -> this.wall, () -> nanos, () -> tracking.getAsBoolean()));
        InputScope input = TestScopes.input(scope, leaders.reads());
        driver = new TopologyTestDriver(
                new SessionTopology(scope, input).build(config), properties(settings), Instant.ofEpochMilli(wall));
    }

    public StreamDriver(SessionizerSettings settings, long wall, OutputLimits limits) {
        this(settings, wall, limits, 1);
    }

    public StreamDriver(SessionizerSettings settings, long wall) {
        this(settings, wall, limits(KAFKAS));
    }

    static Topology topology(SessionizerSettings settings, int partitions) {
        ReadyTopics topics = TestScopes.topics(partitions, limits(KAFKAS));
        InstanceScope scope = scope(settings, topics, new Now(System::currentTimeMillis, System::nanoTime, () -> true));
        return new SessionTopology(scope, TestScopes.input(scope, reads())).build(config(settings));
    }

    static InputReads reads() {
        return new FakeLeaders().reads();
    }

    /** The scope of an instance with a cache of its own. */
    public static InstanceScope scope(SessionizerSettings settings, ReadyTopics topics, Now now) {
        return new InstanceScope(
                settings,
                topics,
                now,
                new Counters(),
                new CacheBudget(config(settings).getLong(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG)));
    }

    private static StreamsConfig config(SessionizerSettings settings) {
        return new StreamsConfig(properties(settings));
    }

    private static Properties properties(SessionizerSettings settings) {
        Map<String, Object> all = new HashMap<>(StreamsProperties.of(settings));
        Properties properties = new Properties();
        properties.putAll(all);
        return properties;
    }

    /** Moves the wall clock by steps of a second; in each the leaders are asked, as {@link #caughtUp} says. */
    public void pollUntil(long to) {
        while (wall < to) {
            pollOnce(Math.min(1_000, to - wall));
        }
    }

    /** One step. */
    void pollOnce(long stepMs) {
        wall += stepMs;
        nanos += TimeUnit.MILLISECONDS.toNanos(stepMs);
        leaders.ask(wall, nanos);
        driver.advanceWallClockTime(Duration.ofMillis(stepMs));
    }

    /** Moves the wall clock at once, as after a pause of the process. */
    public void jumpTo(long to) {
        long stepMs = to - wall;
        wall = to;
        nanos += TimeUnit.MILLISECONDS.toNanos(stepMs);
        driver.advanceWallClockTime(Duration.ofMillis(stepMs));
    }

    /** Sets the wall clock, forward or back, while elapsed time continues. */
    public void setWall(long to) {
        wall = to;
    }

    /** As below, of topics that take records of {@code maxBytes}, so far behind the wall clock or ahead of it. */
    static OutputLimits limits(int maxBytes, long beforeMs, long afterMs) {
        return limits(new TopicLimit(maxBytes, beforeMs, afterMs, Long.MAX_VALUE));
    }

    /** The limits where each topic takes the same, except that the board takes its rows. */
    public static OutputLimits limits(TopicLimit each) {
        return limits(Map.of(
                TopicRole.ENRICHED, each,
                TopicRole.CONCLUDED, each,
                TopicRole.DEAD_LETTER, each,
                TopicRole.PROFILES, each,
                TopicRole.SESSIONS, each));
    }

    /** The limits where these topics differ from Kafka's defaults; internal topics take as much as the enriched one. */
    public static OutputLimits limits(Map<TopicRole, TopicLimit> topics) {
        Map<TopicRole, TopicLimit> all = new EnumMap<>(TopicRole.class);
        OutputLimits.ROLES.forEach(role -> all.put(role, topics.getOrDefault(role, KAFKAS)));
        int internalBytes = all.get(TopicRole.ENRICHED).maxBytes();
        return new OutputLimits(all, internalBytes, UserKey.MAX_BYTES).forUsersIn(FormatPreset.CLEVERTAP.format());
    }

    public void tracking(boolean active) {
        tracking = () -> active;
    }

    /** As when the process is killed while it processes an event that counts: before the event is added to a session. */
    public void crashAtEvents() {
        tracking = () -> {
            throw new IllegalStateException("crash");
        };
    }

    /**
     * As when a rebalance takes the task away and gives it back: its processors end, and new state in memory is built from
     * the stores. The driver has no call for that. At-least-once only: otherwise it forgets the committed stream time.
     */
    public void restart() {
        try {
            Field task = TopologyTestDriver.class.getDeclaredField("task");
            task.setAccessible(true);
            StreamTask streamTask = (StreamTask) task.get(driver);
            streamTask.suspend();
            streamTask.resume();
            streamTask.completeRestoration(partitions -> {});
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    public CacheBudget cacheBudget() {
        return scope.cacheBudget();
    }

    public Counters counters() {
        return scope.counters();
    }

    public long wall() {
        return wall;
    }

    /** Whether the leaders answer, and everything before the ends that they give was processed. */
    public void caughtUp(boolean now) {
        leaders.answer(now);
    }

    public void pipe(String user, String value, long recordTime) {
        pipe(bytes(user), bytes(value), recordTime, new RecordHeaders());
    }

    public void pipe(byte[] key, byte[] value, long recordTime, Headers headers) {
        driver.createInputTopic(
                        settings.topics().name(TopicRole.EVENTS), new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(new TestRecord<>(key, value, headers, recordTime));
    }

    void pipeInto(String topic, byte[] key, byte[] value) {
        driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(new TestRecord<>(key, value, new RecordHeaders(), wall));
    }

    /** An event of the user at {@code time} ms whose record was written then. */
    public void event(String user, long time) {
        event(user, time, time);
    }

    public void event(String user, long time, long recordTime) {
        pipe(
                user,
                "{\"identity\":\"" + user + "\",\"evtName\":\"Seen\",\"ts\":"
                        + (time >= 100_000_000_000L ? time : String.format("%d.%03d", time / 1000, time % 1000))
                        + ",\"evtData\":{}}",
                recordTime);
    }

    /** The id of the session that the input's record with this offset opens, at {@code time} ms. */
    public static SessionId id(String user, long time, long offset) {
        return new EventOrigin(SessionIdForm.UUID).set(bytes(user), 0, offset).apply(time);
    }

    public List<TestRecord<byte[], byte[]>> enriched() {
        return output(settings.topics().name(TopicRole.ENRICHED));
    }

    public List<TestRecord<byte[], byte[]>> concluded() {
        return output(settings.topics().name(TopicRole.CONCLUDED));
    }

    public List<TestRecord<byte[], byte[]>> deadLetters() {
        return output(settings.topics().name(TopicRole.DEAD_LETTER));
    }

    public List<TestRecord<byte[], byte[]>> profiles() {
        return output(settings.topics().name(TopicRole.PROFILES));
    }

    public List<TestRecord<byte[], byte[]>> board() {
        return output(settings.topics().name(TopicRole.BOARD));
    }

    public List<TestRecord<byte[], byte[]>> output(String topic) {
        return driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
    }

    /** What was written to each topic and not read yet, by topic; internal topics too. */
    SortedMap<String, List<TestRecord<byte[], byte[]>>> outputs() {
        SortedMap<String, List<TestRecord<byte[], byte[]>>> outputs = new TreeMap<>();
        writtenTopics().forEach(topic -> outputs.put(topic, output(topic)));
        return outputs;
    }

    /** The topics that anything was written to so far, internal ones too. */
    Set<String> writtenTopics() {
        return driver.producedTopicNames();
    }

    public KeyValueStore<byte[], byte[]> store(String name) {
        return driver.getKeyValueStore(name);
    }

    public static byte[] bytes(String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }

    public static String text(byte[] bytes) {
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }

    public static String header(TestRecord<byte[], byte[]> record, String key) {
        return text(record.headers().lastHeader(key).value());
    }

    @Override
    public void close() {
        driver.close();
    }
}
