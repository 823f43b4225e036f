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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
            SessionId id = new SessionId(random.nextLong(), random.nextLong()).in(SessionIdForm.UUID);
            String text = uuid(id).toString();
            assertEquals(text, id.toString());
            assertArrayEquals(text.getBytes(StandardCharsets.US_ASCII), id.toBytes());
        }
    }

    @Test
    void touchesNothingAroundItsPlace() {
        byte[] target = new byte[SessionId.MAX_JSON_LENGTH + 4];
        SessionId id = SampleIds.of(TIME);
        assertEquals(target.length - 2, id.writeJsonTo(target, 2));
        assertEquals("\0\0\"" + id + "\"\0\0", new String(target, StandardCharsets.US_ASCII));
    }

    @ParameterizedTest
    @CsvSource({
        "EPOCH_SECONDS, 0, 0",
        "EPOCH_SECONDS, 999, 0",
        "EPOCH_SECONDS, 1468308340999, 1468308340",
        "EPOCH_SECONDS, 253402300799999, 253402300799",
        "EPOCH_MILLIS, 0, 0",
        "EPOCH_MILLIS, 9, 9",
        "EPOCH_MILLIS, 10, 10",
        "EPOCH_MILLIS, 1468308340123, 1468308340123",
        "EPOCH_MILLIS, 253402300799999, 253402300799999"
    })
    void isTheTimeItOpenedAt_inAnEpochForm(SessionIdForm form, long openedAt, String expected) {
        SessionId id = SampleIds.of(openedAt).in(form);
        assertEquals(form, id.form());
        assertEquals(openedAt, id.openedAt());
        assertEquals(expected, id.toString());
        byte[] target = new byte[expected.length() + 2];
        assertEquals(expected.length(), id.jsonLength());
        assertEquals(expected.length() + 1, id.writeJsonTo(target, 1));
        assertEquals("\0" + expected + "\0", new String(target, StandardCharsets.US_ASCII));
        assertEquals(SampleIds.of(openedAt), id.in(SessionIdForm.UUID));
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
