package io.sessionizer.kafka.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.kafka.StreamDriver;
import io.sessionizer.kafka.TestSettings;
import io.sessionizer.kafka.config.NodeNames;
import io.sessionizer.kafka.config.SessionizerSettings;
import io.sessionizer.kafka.config.SessionizerSettings.Uncounted;
import io.sessionizer.kafka.config.SessionizerSettings.UserFrom;
import io.sessionizer.kafka.state.QuarterHourStore;
import io.sessionizer.record.TimelineCodec;
import io.sessionizer.session.Timeline;
import io.sessionizer.stats.OpenCounts;
import io.sessionizer.stats.PartitionCounter;
import io.sessionizer.stats.QuarterHourStats;
import io.sessionizer.stats.SessionStats;
import io.sessionizer.stats.StatsRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * At least once, what is stored between two commits survives a crash. Then the statistics agree with the timelines, whose
 * cache is too small to hold what changed since the last commit.
 */
class CrashBetweenCommitsTest {
    private static final long MINUTE = TestSettings.MINUTE;
    private static final long ELEVEN = 1_468_321_200_000L;
    private static final int USERS = 50;

    private static StreamDriver driver(UserFrom userFrom) {
        Map<String, String> kafka = Map.of("processing.guarantee", "at_least_once", "statestore.cache.max.bytes", "0");
        SessionizerSettings settings = TestSettings.of(userFrom, Uncounted.DROP, kafka);
        StreamDriver stream = new StreamDriver(settings, ELEVEN);
        // so that only records move the clock
        stream.caughtUp(false);
        return stream;
    }

    @ParameterizedTest
    @EnumSource
    void statisticsAgreeWithTheTimelines(UserFrom userFrom) {
        List<KeyValue<byte[], byte[]>> timelines;
        List<KeyValue<byte[], byte[]>> board;
        try (StreamDriver stream = driver(userFrom)) {
            for (int user = 0; user < USERS; user++) {
                stream.event("user-" + user, ELEVEN - 60 * MINUTE + user);
            }
            stream.crashAtEvents();
            assertThrows(RuntimeException.class, () -> stream.event("next", ELEVEN));
            timelines = entries(stream.store(NodeNames.TIMELINES));
            board = entries(stream.store(NodeNames.BOARD));
        }
        try (StreamDriver stream = driver(userFrom)) {
            timelines.forEach(entry -> stream.store(NodeNames.TIMELINES).put(entry.key, entry.value));
            board.forEach(entry -> stream.store(NodeNames.BOARD).put(entry.key, entry.value));
            assertTrue(openSessions(stream) < USERS, "some conclusions were stored before the crash");
            stream.restart();
            assertAgree(stream);
            stream.event("next", ELEVEN);
            stream.pollUntil(ELEVEN + 5_000);
            assertAgree(stream);
            assertEquals(1, openSessions(stream));
            assertEquals(
                    1,
                    stream.counters().partitions().get(0).open().orElseThrow().activeUsers());
            assertPublished(stream);
        }
    }

    private static void assertAgree(StreamDriver stream) {
        QuarterHourStore stored = new QuarterHourStore(stream.store(NodeNames.BOARD));
        Map<Long, QuarterHourStats> rows = new TreeMap<>();
        PartitionCounter recount = new PartitionCounter(
                TestSettings.RULES,
                quarterHour -> rows.computeIfAbsent(quarterHour, each -> new QuarterHourStats()),
                OpenCounts.NONE);
        timelines(stream).forEach(timeline -> recount.addExisting(timeline, ELEVEN));
        assertEquals(Optional.of(recount.open()), stored.openCounts());
        rows.forEach((quarterHour, row) ->
                assertEquals(row.sessions(), stored.row(quarterHour).sessions()));
    }

    /** What a reader of the board topic knows, which got nothing before the crash. */
    private static void assertPublished(StreamDriver stream) {
        StatsTopicReader reader = new StatsTopicReader(stream);
        reader.read();
        QuarterHourStore stored = new QuarterHourStore(stream.store(NodeNames.BOARD));
        assertEquals(stored.openCounts(), reader.now().map(StatsRow.LiveRow::open));
        reader.rows().forEach((quarterHour, row) -> assertEquals(stored.row(quarterHour), row.stats()));
        assertEquals(
                USERS,
                reader.stats().values().stream()
                        .mapToLong(SessionStats::sessions)
                        .sum());
        assertEquals(0, reader.activeBefore(0), "active users before the first row");
    }

    private static int openSessions(StreamDriver stream) {
        return timelines(stream).stream().mapToInt(Timeline::openSessions).sum();
    }

    private static List<Timeline> timelines(StreamDriver stream) {
        return entries(stream.store(NodeNames.TIMELINES)).stream()
                .filter(entry -> entry.key.length > 0)
                .map(entry -> TimelineCodec.decode(entry.key, entry.value))
                .toList();
    }

    private static List<KeyValue<byte[], byte[]>> entries(KeyValueStore<byte[], byte[]> store) {
        List<KeyValue<byte[], byte[]>> entries = new ArrayList<>();
        try (var all = store.all()) {
            all.forEachRemaining(entries::add);
        }
        return entries;
    }
}
