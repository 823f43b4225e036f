package io.sessionizer.kafka.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.kafka.StreamDriver;
import io.sessionizer.kafka.TestSettings;
import io.sessionizer.kafka.config.NodeNames;
import io.sessionizer.kafka.config.SessionizerSettings.Uncounted;
import io.sessionizer.kafka.config.SessionizerSettings.UserFrom;
import io.sessionizer.kafka.state.TimelineCache.CacheEntry;
import io.sessionizer.session.ClockSteps;
import io.sessionizer.session.SampleIds;
import io.sessionizer.session.Timeline;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Users who choose ids that collide slow down no one else. */
class HashFloodingTest {
    private static final int FLOOD = 100_000;
    private static final int OTHERS = 1_000;
    private static final int ROUNDS = 30;
    /** A table that is flooded costs other users hundreds of times as much. */
    private static final int MOST = 5;

    private final StreamDriver stream = new StreamDriver(TestSettings.of(UserFrom.KEY, Uncounted.DROP, Map.of()), 0);

    @AfterEach
    void close() {
        stream.close();
    }

    /** By String's and Arrays' function all of these have one hash. */
    @Test
    void anEventOfAnotherUserCostsWhatItDid_whenIdsCollide() {
        long calm = nanosOfAnotherUser(filled(user -> "user-" + user));
        long flooded = nanosOfAnotherUser(filled(HashFloodingTest::colliding));
        assertTrue(flooded < MOST * calm, flooded + " ns instead of " + calm);
    }

    private TimelineStore filled(IntFunction<String> users) {
        TimelineStore timelines = timelines();
        for (int user = 0; user < FLOOD; user++) {
            timelines.entry(StreamDriver.bytes(users.apply(user)));
        }
        return timelines;
    }

    private TimelineStore timelines() {
        return new TimelineStore(
                stream.store(NodeNames.TIMELINES), new CacheBudget(1L << 30), TestSettings.RULES, List.of());
    }

    /** 17 blocks, each {@code Aa} or {@code BB}. */
    private static String colliding(int number) {
        StringBuilder id = new StringBuilder();
        for (int block = 0; block < 17; block++) {
            id.append((number >> block & 1) == 0 ? "Aa" : "BB");
        }
        return id.toString();
    }

    /** Of the fastest of several rounds: no pause of the machine is in it. */
    private static long nanosOfAnotherUser(TimelineStore timelines) {
        List<byte[]> others = IntStream.range(0, OTHERS)
                .mapToObj(user -> StreamDriver.bytes("another-" + user))
                .toList();
        others.forEach(timelines::entry);
        long fastest = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            others.forEach(timelines::entry);
            fastest = Math.min(fastest, System.nanoTime() - start);
        }
        return fastest;
    }

    @Test
    void takesNoMoreStepsThanAreAllowed_whenIdsCollideAllTheSame() {
        TimelineCache cache = new TimelineCache();
        for (int user = 0; user < TimelineCache.MAX_PROBES; user++) {
            assertTrue(cache.add(new CacheEntry(name(user), 7, Timeline.EMPTY)));
        }
        long bytes = cache.bytes();
        assertEquals(false, cache.add(new CacheEntry(name(TimelineCache.MAX_PROBES), 7, Timeline.EMPTY)));
        assertEquals(bytes, cache.bytes());
        assertEquals(Optional.empty(), Optional.ofNullable(cache.find(name(TimelineCache.MAX_PROBES), 7)));
        for (int user = 0; user < TimelineCache.MAX_PROBES; user++) {
            assertEquals(user, Integer.parseInt(StreamDriver.text(cache.find(name(user), 7).user)));
        }
    }

    /** Found by trying many, with the key of this process: their slots are the same in all tables up to 4,096. */
    @Test
    void forgetsNothingOfUsersWithoutASlot() {
        List<byte[]> users = IntStream.iterate(0, number -> number + 1)
                .mapToObj(HashFloodingTest::name)
                .filter(user -> (TimelineCache.hash(user) & 0xFFF) == 0xABC)
                .limit(3L * TimelineCache.MAX_PROBES)
                .toList();
        TimelineStore timelines = timelines();
        for (long time = 0; time < 3; time++) {
            for (byte[] user : users) {
                CacheEntry entry = timelines.entry(user);
                assertEquals(
                        time,
                        entry.timeline().sessions().stream()
                                .mapToLong(session -> session.events())
                                .sum());
                timelines.replace(
                        entry,
                        entry.timeline()
                                .add(time, ClockSteps.at(time), TestSettings.RULES, SampleIds::of)
                                .timeline());
            }
        }
    }

    private static byte[] name(int number) {
        return StreamDriver.bytes(Integer.toString(number));
    }
}
