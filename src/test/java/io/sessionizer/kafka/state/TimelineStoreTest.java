package io.sessionizer.kafka.state;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.kafka.StreamDriver;
import io.sessionizer.kafka.TestSettings;
import io.sessionizer.kafka.config.NodeNames;
import io.sessionizer.kafka.config.SessionizerSettings.Uncounted;
import io.sessionizer.kafka.config.SessionizerSettings.UserFrom;
import io.sessionizer.kafka.state.TimelineCache.CacheEntry;
import io.sessionizer.record.TimelineCodec;
import io.sessionizer.session.ClockSteps;
import io.sessionizer.session.SampleIds;
import io.sessionizer.session.Session;
import io.sessionizer.session.Timeline;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimelineStoreTest {
    private static final long SEED = Long.getLong("seed", System.nanoTime());
    /** Of users who are passed when there is no time at all. */
    private static final int MOST_IN_A_SLICE = 16;

    private final StreamDriver stream = new StreamDriver(TestSettings.of(UserFrom.KEY, Uncounted.DROP, Map.of()), 0);
    private final KeyValueStore<byte[], byte[]> store = stream.store(NodeNames.TIMELINES);
    private final SplittableRandom random = new SplittableRandom(SEED);

    @AfterEach
    void close() {
        stream.close();
    }

    /** None, a few users, all of them. */
    @ParameterizedTest
    @ValueSource(ints = {0, 20_000, 64 << 20})
    void behavesLikeAMap_howeverSmallTheCache(int cacheBytes) {
        System.out.println("TimelinesTest seed " + SEED);
        Map<String, List<Session>> model = new HashMap<>();
        TimelineStore timelines = timelines(cacheBytes);
        for (int step = 0; step < 50_000; step++) {
            String user = "user-" + random.nextInt(1_000);
            CacheEntry entry = timelines.entry(StreamDriver.bytes(user));
            assertEquals(model.getOrDefault(user, List.of()), entry.timeline().sessions());
            Timeline after = random.nextInt(10) == 0
                    ? Timeline.EMPTY
                    : entry.timeline()
                            .add(random.nextLong(1L << 40), ClockSteps.at(0), TestSettings.RULES, SampleIds::of)
                            .timeline();
            if (random.nextInt(3) > 0) {
                timelines.replace(entry, after);
                model.put(user, after.sessions());
            }
            if (random.nextInt(500) == 0) {
                timelines.beforeCommit();
                checkStored(model);
                // as after a restart
                timelines = random.nextBoolean() ? timelines(cacheBytes) : timelines;
            }
            if (random.nextInt(2_000) == 0) {
                timelines.beforeCommit();
                checkPassed(model, timelines);
            }
        }
    }

    private TimelineStore timelines(int cacheBytes) {
        return new TimelineStore(store, new CacheBudget(cacheBytes), TestSettings.RULES, List.of());
    }

    private void checkStored(Map<String, List<Session>> model) {
        model.forEach((user, sessions) -> {
            byte[] stored = store.get(StreamDriver.bytes(user));
            assertEquals(
                    sessions,
                    stored == null
                            ? List.of()
                            : TimelineCodec.decode(StreamDriver.bytes(user), stored)
                                    .sessions());
        });
    }

    /** In slices of no time at all. */
    private static void checkPassed(Map<String, List<Session>> model, TimelineStore timelines) {
        Set<String> passed = new HashSet<>();
        byte[] next = {};
        int slices = 0;
        do {
            next = timelines.scan(next, 0, (user, timeline) -> {
                assertEquals(model.get(StreamDriver.text(user)), timeline.sessions());
                assertTrue(passed.add(StreamDriver.text(user)), "each once");
            });
            slices++;
        } while (next.length > 0);
        assertTrue(slices >= passed.size() / MOST_IN_A_SLICE, "no slice takes all");
        assertEquals(
                model.values().stream().filter(sessions -> !sessions.isEmpty()).count(), passed.size());
    }

    /** No new users, but the cached ones get more and more sessions. */
    @Test
    void evictsEntriesThatOutgrowTheCache() {
        TimelineStore timelines = timelines(2_000);
        CacheEntry entry = timelines.entry(StreamDriver.bytes("u"));
        for (int session = 0; session < 50; session++) {
            long time = session * 3 * TestSettings.RULES.gapMs();
            timelines.replace(
                    entry,
                    entry.timeline()
                            .add(time, ClockSteps.at(0), TestSettings.RULES, SampleIds::of)
                            .timeline());
        }
        timelines.beforeCommit();
        timelines.entry(StreamDriver.bytes("v"));
        timelines.beforeCommit();
        assertNotSame(entry, timelines.entry(StreamDriver.bytes("u")));
        assertEquals(50, timelines.entry(StreamDriver.bytes("u")).timeline().size());
    }

    @Test
    void storesNothingBeforeACommit_andThenEachUserOnce() {
        TimelineStore timelines = timelines(64 << 20);
        byte[] user = StreamDriver.bytes("u");
        for (long time = 0; time < 10; time++) {
            CacheEntry entry = timelines.entry(user);
            timelines.replace(
                    entry,
                    entry.timeline()
                            .add(time, ClockSteps.at(time), TestSettings.RULES, SampleIds::of)
                            .timeline());
        }
        assertNull(store.get(user));
        Timeline last = timelines.entry(user).timeline();
        timelines.beforeCommit();
        assertArrayEquals(TimelineCodec.encode(last), store.get(user));
    }
}
