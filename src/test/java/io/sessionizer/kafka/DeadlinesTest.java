package io.sessionizer.kafka;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.kafka.Settings.Uncounted;
import io.sessionizer.kafka.Settings.UserFrom;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeadlinesTest {
    private final StreamDriver stream = new StreamDriver(TestSettings.of(UserFrom.KEY, Uncounted.DROP, Map.of()), 0);
    private final KeyValueStore<byte[], byte[]> store = stream.store(Names.DEADLINES);
    private Deadlines deadlines = new Deadlines(store);

    @AfterEach
    void close() {
        stream.close();
    }

    @Test
    void isDueOnceTheClockStandsPastIt_notAtIt() {
        assertFalse(deadlines.hasDue(Long.MAX_VALUE));
        deadlines.add(1_000, StreamDriver.bytes("u"));
        assertFalse(deadlines.hasDue(1_000));
        assertTrue(deadlines.hasDue(1_001));
        assertEquals(1_000, Deadlines.time(deadlines.first()));
        assertArrayEquals(StreamDriver.bytes("u"), Deadlines.user(deadlines.first()));
        deadlines.remove(1_000, StreamDriver.bytes("u"));
        assertFalse(deadlines.hasDue(Long.MAX_VALUE));
        assertFalse(store.all().hasNext());
    }

    @Test
    void givesWhatASortedMapWould_howeverManyThereAre() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("DeadlinesTest seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        TreeMap<byte[], Long> model = new TreeMap<>(Arrays::compareUnsigned);
        long clock = 0;
        for (int step = 0; step < 60_000; step++) {
            // first it outgrows the window, then it is drained
            boolean grows = random.nextInt(10) < (step < 30_000 ? 9 : 3);
            if (grows) {
                long time = clock + random.nextLong(step % 3 == 0 ? 1_000 : 1_000_000);
                byte[] user = StreamDriver.bytes("u" + random.nextInt(500_000));
                deadlines.add(time, user);
                model.put(key(time, user), time);
            } else if (random.nextInt(4) == 0 && !model.isEmpty()) {
                byte[] some = random.nextBoolean() ? model.lastKey() : model.firstKey();
                deadlines.remove(Deadlines.time(some), Deadlines.user(some));
                model.remove(some);
            } else {
                clock += random.nextLong(step < 30_000 ? 50 : 400);
                while (deadlines.hasDue(clock)) {
                    assertArrayEquals(model.firstKey(), deadlines.first());
                    deadlines.remove(deadlines.first());
                    model.pollFirstEntry();
                }
                assertTrue(model.isEmpty() || model.firstEntry().getValue() >= clock);
            }
            if (random.nextInt(20_000) == 0) {
                deadlines = new Deadlines(store);
            }
        }
        while (deadlines.hasDue(Long.MAX_VALUE)) {
            assertArrayEquals(model.pollFirstEntry().getKey(), deadlines.first());
            deadlines.remove(deadlines.first());
        }
        assertTrue(model.isEmpty());
    }

    private static byte[] key(long time, byte[] user) {
        return java.nio.ByteBuffer.allocate(8 + user.length)
                .putLong(time)
                .put(user)
                .array();
    }
}
