package io.sessionizer.kafka.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.kafka.StreamDriver;
import io.sessionizer.kafka.TestSettings;
import io.sessionizer.kafka.config.NodeNames;
import io.sessionizer.kafka.config.SessionizerSettings.Uncounted;
import io.sessionizer.kafka.config.SessionizerSettings.UserFrom;
import io.sessionizer.stats.OpenCounts;
import io.sessionizer.stats.StatsRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

/** Timelines that are older than the statistics are counted in bounded steps, while events change them. */
class UncountedTimelinesTest {
    private static final long MINUTE = TestSettings.MINUTE;
    private static final long HOUR = 60 * MINUTE;
    private static final long ELEVEN = 1_468_321_200_000L;
    private static final int USERS = 500;

    /** So many partitions that a step visits a few users. */
    private static StreamDriver driver() {
        // restarts need at-least-once, see there
        Map<String, String> kafka = Map.of("processing.guarantee", "at_least_once");
        return new StreamDriver(
                TestSettings.of(UserFrom.KEY, Uncounted.DROP, kafka),
                ELEVEN,
                StreamDriver.limits(StreamDriver.KAFKAS),
                Integer.MAX_VALUE);
    }

    @Test
    void areEachCountedOnce_throughRestarts_andAreNotPublishedBefore() {
        try (StreamDriver stream = driver()) {
            StatsTopicReader reader = withConcludedSessions(stream);
            removeStats(stream);
            int starts = 0;
            do {
                stream.restart();
                starts++;
                // of users before, after and between those that are counted, and of new ones
                for (int user = starts % 7; user < USERS; user += 50) {
                    stream.event(user(user), stream.wall() - MINUTE, stream.wall());
                    stream.event(user(user) + "-new-" + starts, stream.wall() - MINUTE, stream.wall());
                }
                stream.pipe(user(starts * 20), null, stream.wall());
                reader.erasedUser(user(starts * 20));
                // each start begins the scan again, and so must last longer than the one before
                for (int second = 0; second < 3 * starts && isCounting(stream); second++) {
                    assertEquals(List.of(), stream.board(), "nothing is published while they are counted");
                    stream.pollUntil(stream.wall() + 1_000);
                }
            } while (isCounting(stream));
            assertTrue(starts > 2, "starts while they were counted. Found: " + starts);
            stream.pollUntil(stream.wall() + 10_000);
            reader.read();
            assertEquals(reader.recount(0), reader.stats());
            assertEquals(Optional.of(new StatsRow.LiveRow(0, open(stream), Optional.empty())), reader.now());
            stream.pollUntil(stream.wall() + HOUR);
            reader.read();
            assertEquals(reader.recount(0), reader.stats());
            assertEquals(Optional.of(new StatsRow.LiveRow(0, OpenCounts.NONE, Optional.empty())), reader.now());
        }
    }

    private static StatsTopicReader withConcludedSessions(StreamDriver stream) {
        StatsTopicReader reader = new StatsTopicReader(stream);
        for (int user = 0; user < USERS; user++) {
            stream.event(user(user), ELEVEN - user % 100 * MINUTE, ELEVEN);
        }
        while (open(stream).openSessions() > 0) {
            stream.pollUntil(stream.wall() + 10 * MINUTE);
        }
        reader.read();
        reader.forgetRows();
        return reader;
    }

    private static String user(int number) {
        return "user-" + String.format("%03d", number);
    }

    private static boolean isCounting(StreamDriver stream) {
        return stream.counters().partitions().get(0).open().isEmpty();
    }

    private static OpenCounts open(StreamDriver stream) {
        return stream.counters().partitions().get(0).open().orElseThrow();
    }

    private static void removeStats(StreamDriver stream) {
        KeyValueStore<byte[], byte[]> board = stream.store(NodeNames.BOARD);
        List<byte[]> keys = new ArrayList<>();
        try (var all = board.all()) {
            all.forEachRemaining((KeyValue<byte[], byte[]> entry) -> keys.add(entry.key));
        }
        keys.forEach(key -> board.put(key, null));
    }
}
