package io.sessionizer.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SessionIdTest {
    private static final long SEED = Long.getLong("seed", System.nanoTime());
    private static final long LAST_TIME =
            Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();
    private static final long TIME = 1_468_308_340_000L;

    private final Random random = new Random(SEED);

    @Test
    void isAUuidOfVersionSevenWithItsParts() {
        System.out.println("SessionIdTest: -Dseed=" + SEED);
        for (int i = 0; i < 10_000; i++) {
            long time = i == 0 ? 0 : i == 1 ? LAST_TIME : (long) (random.nextDouble() * LAST_TIME);
            int randA = random.nextInt(1 << 12);
            long randB = random.nextLong() >>> 2;
            SessionId id = SessionId.of(time, randA, randB);
            UUID uuid = uuid(id);
            assertEquals(7, uuid.version());
            assertEquals(2, uuid.variant());
            assertEquals(time, uuid.getMostSignificantBits() >>> 16);
            assertEquals(List.of(time, (long) randA, randB), List.of(id.openedAt(), (long) id.randA(), id.randB()));
        }
    }

    @Test
    void isWrittenAsJavaWritesAUuid() {
        System.out.println("SessionIdTest: -Dseed=" + SEED);
        for (int i = 0; i < 10_000; i++) {
            SessionId id = new SessionId(random.nextLong(), random.nextLong());
            String text = uuid(id).toString();
            assertEquals(text, id.toString());
            assertArrayEquals(text.getBytes(StandardCharsets.US_ASCII), id.toBytes());
        }
    }

    @Test
    void touchesNothingAroundItsPlace() {
        byte[] target = new byte[SessionId.LENGTH + 4];
        SessionId id = SampleIds.of(TIME);
        id.writeTo(target, 2);
        assertEquals("\0\0" + id + "\0\0", new String(target, StandardCharsets.US_ASCII));
    }

    @Test
    void sortsByTime() {
        long[] times = {0, 1, 999, 1000, TIME, TIME + 1, 1L << 46, (1L << 47) - 1, 1L << 47, LAST_TIME};
        for (int i = 1; i < times.length; i++) {
            String earlier = SessionId.of(times[i - 1], 0xFFF, -1L >>> 2).toString();
            String later = SessionId.of(times[i], 0, 0).toString();
            assertTrue(earlier.compareTo(later) < 0, earlier + " sorts before " + later);
        }
    }

    private static UUID uuid(SessionId id) {
        return new UUID(id.mostSignificant(), id.leastSignificant());
    }
}
