package io.sessionizer.kafka.task;

import static io.sessionizer.kafka.StreamDriver.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.kafka.StreamDriver;
import io.sessionizer.kafka.TestSettings;
import io.sessionizer.kafka.config.NodeNames;
import io.sessionizer.kafka.config.SessionizerSettings.Uncounted;
import io.sessionizer.kafka.config.SessionizerSettings.UserFrom;
import io.sessionizer.kafka.status.PartitionStatus;
import io.sessionizer.record.TimelineCodec;
import io.sessionizer.record.TopicIdCodec;
import io.sessionizer.session.Session;
import io.sessionizer.session.Timeline;
import io.sessionizer.stats.OpenCounts;
import io.sessionizer.stats.QuarterHour;
import io.sessionizer.stats.StatsRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The published statistics agree with the conclusions, in either setting of user.from. */
class StatsPublisherTest {
    private static final long MINUTE = TestSettings.MINUTE;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;
    private static final long ELEVEN = Instant.parse("2016-07-12T11:00:00Z").toEpochMilli();
    private static final long SEED = Long.getLong("seed", System.nanoTime());

    private final SplittableRandom random = new SplittableRandom(SEED);

    private static StreamDriver driver(UserFrom userFrom) {
        return driver(userFrom, 64 << 20);
    }

    private static StreamDriver driver(UserFrom userFrom, int cacheBytes) {
        Map<String, String> kafka = Map.of(
                // restarts need it, see there
                "processing.guarantee", "at_least_once", "statestore.cache.max.bytes", Integer.toString(cacheBytes));
        return new StreamDriver(TestSettings.of(userFrom, Uncounted.DROP, kafka), ELEVEN);
    }

    @ParameterizedTest
    @EnumSource(UserFrom.class)
    void agreesWithARecountOverTheConclusions_whateverHappens(UserFrom userFrom) {
        System.out.println("StatsPublisherTest seed " + SEED);
        // without a cache, with one that holds a few users, and with one that holds all
        for (int cacheBytes : new int[] {0, 2_000, 64 << 20}) {
            try (StreamDriver stream = driver(userFrom, cacheBytes)) {
                StatsTopicReader reader = new StatsTopicReader(stream);
                for (int phase = 0; phase < 20; phase++) {
                    for (int i = random.nextInt(30); i > 0; i--) {
                        happen(stream, reader);
                    }
                    settle(stream);
                    check(stream, reader);
                }
                stream.pollUntil(stream.wall() + HOUR);
                settle(stream);
                check(stream, reader);
                assertTrue(reader.stats().size() > 3, "quarter-hours that something was counted in");
            }
        }
    }

    private void happen(StreamDriver stream, StatsTopicReader reader) {
        String user = "user-" + random.nextInt(8);
        long wall = stream.wall();
        switch (random.nextInt(16)) {
            case 0 -> erase(stream, reader, user);
            case 1 -> stream.restart();
            case 2 -> stream.pollUntil(wall + random.nextLong(30) * MINUTE);
            case 3, 4 -> stream.event(user, wall - random.nextLong(10 * HOUR), wall);
            case 5, 6, 7 -> stream.event(user, wall - random.nextLong(50 * MINUTE), wall);
            default -> {
                stream.event(user, wall, wall);
                stream.jumpTo(wall + random.nextLong(5 * MINUTE));
            }
        }
    }

    /** Lets what has concluded be published, while nothing more becomes due. */
    private static void settle(StreamDriver stream) {
        stream.pollUntil(stream.wall() + 2_000);
        stream.caughtUp(false);
        stream.pollUntil(stream.wall() + 3_000);
        stream.caughtUp(true);
    }

    private static void erase(StreamDriver stream, StatsTopicReader reader, String user) {
        // what is due already concludes first
        settle(stream);
        for (Session session : timeline(stream, user).sessions()) {
            reader.erased(session.id().toString());
        }
        stream.pipe(user, null, stream.wall());
    }

    private static void check(StreamDriver stream, StatsTopicReader reader) {
        reader.read();
        assertEquals(reader.recount(0), reader.stats());
        long users = 0;
        long sessions = 0;
        for (KeyValue<byte[], byte[]> entry : entries(stream.store(NodeNames.TIMELINES))) {
            int open = entry.key.length == 0
                    ? 0
                    : TimelineCodec.decode(entry.key, entry.value).openSessions();
            users += open > 0 ? 1 : 0;
            sessions += open;
        }
        assertEquals(
                Optional.of(new StatsRow.LiveRow(0, new OpenCounts(users, sessions), Optional.empty())), reader.now());
        PartitionStatus partition = stream.counters().partitions().get(0);
        assertEquals(Optional.of(new OpenCounts(users, sessions)), partition.open());
    }

    /** More rows than are kept in memory, and more than are published at one tick. */
    @ParameterizedTest
    @EnumSource(UserFrom.class)
    void eventuallyPublishesEveryRow_howeverManyChangeTogether(UserFrom userFrom) {
        try (StreamDriver stream = driver(userFrom)) {
            StatsTopicReader reader = new StatsTopicReader(stream);
            for (int user = 0; user < 400; user++) {
                stream.event("user-" + user, ELEVEN - user * 16 * MINUTE, ELEVEN);
            }
            while (reader.recount(0).size() < 300) {
                stream.pollUntil(stream.wall() + 1_000);
                reader.read();
            }
            stream.restart();
            settle(stream);
            check(stream, reader);
        }
    }

    @ParameterizedTest
    @EnumSource(UserFrom.class)
    void removesRowsOnceTheyAreOlderThan32Days(UserFrom userFrom) {
        try (StreamDriver stream = driver(userFrom)) {
            StatsTopicReader reader = new StatsTopicReader(stream);
            stream.event("early", ELEVEN);
            stream.pollUntil(ELEVEN + 21 * MINUTE);
            stream.event("later", ELEVEN + 21 * MINUTE);
            stream.pollUntil(ELEVEN + HOUR);
            reader.read();
            assertTrue(reader.stats().containsKey(QuarterHour.of(ELEVEN)));
            stream.jumpTo(ELEVEN + 32 * DAY + 14 * MINUTE);
            stream.event("now", stream.wall());
            stream.pollUntil(stream.wall() + 2_000);
            reader.read();
            assertTrue(reader.stats().containsKey(QuarterHour.of(ELEVEN)), "not older yet");
            stream.jumpTo(ELEVEN + 32 * DAY + 15 * MINUTE);
            stream.event("now", stream.wall());
            stream.pollUntil(stream.wall() + 2_000);
            reader.read();
            assertFalse(reader.rows().containsKey(QuarterHour.of(ELEVEN)), "removed from the topic");
            assertTrue(reader.stats().containsKey(QuarterHour.of(ELEVEN + 21 * MINUTE)));
            assertEquals(
                    reader.rows().size() + 2,
                    entries(stream.store(NodeNames.BOARD)).size(),
                    "and from the store");
            stream.event("phone", ELEVEN, stream.wall());
            stream.pollUntil(stream.wall() + HOUR);
            reader.read();
            assertFalse(reader.rows().containsKey(QuarterHour.of(ELEVEN)), "a session of then is not counted");
        }
    }

    /** A topic of this name that has the id of the test's, where the rows were published to one with another id. */
    @ParameterizedTest
    @EnumSource(UserFrom.class)
    void publishesEveryRowAgain_whereTheTopicIsAnother_throughACrashInBetween(UserFrom userFrom) {
        try (StreamDriver stream = driver(userFrom)) {
            StatsTopicReader reader = new StatsTopicReader(stream);
            for (int user = 0; user < 400; user++) {
                stream.event("user-" + user, ELEVEN - user * 16 * MINUTE, ELEVEN);
            }
            stream.pollUntil(stream.wall() + HOUR);
            reader.read();
            assertTrue(reader.rows().size() > 300, "more than are published at one tick");
            stream.store(NodeNames.BOARD).put(new byte[] {0}, TopicIdCodec.encode(new UUID(7, 7)));
            stream.restart();
            stream.pollUntil(stream.wall() + 1_000);
            stream.restart();
            // the crash has lost what was published
            stream.board();
            StatsTopicReader afterwards = new StatsTopicReader(stream);
            stream.pollUntil(stream.wall() + 5_000);
            afterwards.read();
            assertEquals(reader.rows(), afterwards.rows());
            assertEquals(reader.now(), afterwards.now());
            stream.restart();
            stream.pollUntil(stream.wall() + 5_000);
            assertEquals(1, stream.board().size(), "again once");
        }
    }

    /** State written before statistics existed. */
    @ParameterizedTest
    @EnumSource(UserFrom.class)
    void countsTheTimelinesOfAnOlderVersion(UserFrom userFrom) {
        try (StreamDriver stream = driver(userFrom)) {
            StatsTopicReader reader = new StatsTopicReader(stream);
            for (int user = 0; user < 100; user++) {
                stream.event("user-" + user, ELEVEN - user * MINUTE, ELEVEN);
                stream.event("user-" + user, ELEVEN - user * MINUTE + user, ELEVEN);
            }
            stream.pollUntil(ELEVEN + HOUR);
            stream.event("user-1", stream.wall());
            stream.pollUntil(stream.wall() + 2_000);
            reader.read();
            removeStats(stream);
            stream.restart();
            stream.pollUntil(stream.wall() + 2_000);
            StatsTopicReader afterwards = new StatsTopicReader(stream);
            afterwards.read();
            assertEquals(reader.recount(0), afterwards.stats());
            assertEquals(
                    Optional.of(new StatsRow.LiveRow(0, new OpenCounts(1, 1), Optional.empty())), afterwards.now());
            assertEquals(List.of(1L, 0L), afterwards.comingAndGoing(ELEVEN + HOUR));
            assertEquals(0, afterwards.activeBefore(ELEVEN + HOUR));
            Map<Long, StatsRow.QuarterHourRow> once = new HashMap<>(afterwards.rows());
            stream.restart();
            stream.pollUntil(stream.wall() + 2_000);
            afterwards.read();
            assertEquals(once, afterwards.rows(), "counted once");
        }
    }

    @ParameterizedTest
    @EnumSource(UserFrom.class)
    void countsTheTimelinesOfAnOlderVersionOnce_alsoWhereNoSessionIsOpen(UserFrom userFrom) {
        try (StreamDriver stream = driver(userFrom)) {
            StatsTopicReader reader = new StatsTopicReader(stream);
            stream.event("user", ELEVEN);
            stream.pollUntil(ELEVEN + HOUR);
            reader.read();
            removeStats(stream);
            for (int start = 0; start < 3; start++) {
                stream.restart();
                stream.pollUntil(stream.wall() + 2_000);
            }
            StatsTopicReader afterwards = new StatsTopicReader(stream);
            afterwards.read();
            assertEquals(reader.recount(0), afterwards.stats());
        }
    }

    private static void removeStats(StreamDriver stream) {
        KeyValueStore<byte[], byte[]> board = stream.store(NodeNames.BOARD);
        entries(board).forEach(entry -> board.put(entry.key, null));
    }

    private static Timeline timeline(StreamDriver stream, String user) {
        byte[] stored = stream.store(NodeNames.TIMELINES).get(bytes(user));
        return stored == null ? Timeline.EMPTY : TimelineCodec.decode(bytes(user), stored);
    }

    private static List<KeyValue<byte[], byte[]>> entries(KeyValueStore<byte[], byte[]> store) {
        List<KeyValue<byte[], byte[]>> entries = new ArrayList<>();
        try (var all = store.all()) {
            all.forEachRemaining(entries::add);
        }
        return entries;
    }
}
