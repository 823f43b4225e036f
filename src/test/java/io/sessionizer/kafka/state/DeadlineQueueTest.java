package io.sessionizer.kafka.state;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.kafka.StreamDriver;
import io.sessionizer.kafka.TestSettings;
import io.sessionizer.kafka.config.NodeNames;
import io.sessionizer.kafka.config.SessionizerSettings.Uncounted;
import io.sessionizer.kafka.config.SessionizerSettings.UserFrom;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeadlineQueueTest {
    private final StreamDriver stream = new StreamDriver(TestSettings.of(UserFrom.KEY, Uncounted.DROP, Map.of()), 0);
    private final KeyValueStore<byte[], byte[]> store = stream.store(NodeNames.DEADLINES);
    private final CacheBudget budget = new CacheBudget(64 << 20);
    private final DeadlineQueue deadlines = new DeadlineQueue(store, budget);

    @AfterEach
    void close() {
        stream.close();
    }

    @Test
    void isDueOnceTheClockIsPastIt_notAtIt() {
        assertFalse(deadlines.hasDue(Long.MAX_VALUE));
        deadlines.add(1_000, StreamDriver.bytes("u"));
        assertFalse(deadlines.hasDue(1_000));
        assertTrue(deadlines.hasDue(1_001));
        DeadlineQueue.Deadline due = deadlines.poll();
        assertEquals(1_000, due.time());
        assertArrayEquals(StreamDriver.bytes("u"), due.user());
        assertFalse(deadlines.hasDue(Long.MAX_VALUE));
    }

    @Test
    void keepsFewInMemory_whereManyTasksShareIt() {
        for (int user = 0; user < 5_000; user++) {
            deadlines.add(user, StreamDriver.bytes("user-" + user));
        }
        assertEquals(0, stored());
        for (int task = 0; task < 200; task++) {
            budget.register();
        }
        for (int user = 5_000; user < 10_000; user++) {
            deadlines.add(user, StreamDriver.bytes("user-" + user));
        }
        assertTrue(stored() > 8_000, stored() + " on disk");
        for (int user = 0; user < 10_000; user++) {
            assertTrue(deadlines.hasDue(Long.MAX_VALUE));
            assertEquals(user, deadlines.poll().time());
        }
        assertFalse(deadlines.hasDue(Long.MAX_VALUE));
    }

    private int stored() {
        int stored = 0;
        try (var all = store.all()) {
            for (; all.hasNext(); stored++) {
                all.next();
            }
        }
        return stored;
    }

    /** More than memory holds, so most have been on disk. */
    @ParameterizedTest
    @ValueSource(ints = {1, 10_000})
    void givesWhatASortedMapWould_howeverManyThereAre(int tasks) {
        for (int task = 0; task < tasks; task++) {
            budget.register();
        }
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("DeadlinesTest seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        TreeMap<byte[], Integer> model = new TreeMap<>(Arrays::compareUnsigned);
        String filler = "x".repeat(300);
        long clock = 0;
        for (int step = 0; step < 60_000; step++) {
            // first it outgrows memory, then it is emptied
            boolean grows = random.nextInt(10) < (step < 40_000 ? 9 : 2);
            if (grows) {
                long time = clock + random.nextLong(step % 3 == 0 ? 1_000 : 1_000_000);
                byte[] user = StreamDriver.bytes("u" + random.nextInt(500_000) + filler);
                deadlines.add(time, user);
                model.merge(key(time, user), 1, Integer::sum);
            } else {
                clock += random.nextLong(step < 40_000 ? 50 : 400);
                poll(model, clock);
                assertTrue(model.isEmpty() || time(model.firstKey()) >= clock);
            }
        }
        poll(model, Long.MAX_VALUE);
        assertTrue(model.isEmpty());
        assertFalse(store.all().hasNext(), "nothing is left on disk");
    }

    /** Those of one time come in any order; one that was added twice may come once or twice. */
    private void poll(TreeMap<byte[], Integer> model, long clock) {
        Set<String> last = new HashSet<>();
        long lastTime = -1;
        while (deadlines.hasDue(clock)) {
            DeadlineQueue.Deadline due = deadlines.poll();
            assertTrue(due.time() >= lastTime, "by time");
            if (due.time() > lastTime) {
                last.clear();
            }
            lastTime = due.time();
            boolean isKnown = model.remove(key(due.time(), due.user())) != null;
            assertTrue(last.add(StreamDriver.text(due.user())) == isKnown, "each once, unless it was added twice");
        }
    }

    private static long time(byte[] key) {
        return java.nio.ByteBuffer.wrap(key).getLong();
    }

    private static byte[] key(long time, byte[] user) {
        return java.nio.ByteBuffer.allocate(8 + user.length)
                .putLong(time)
                .put(user)
                .array();
    }
}
