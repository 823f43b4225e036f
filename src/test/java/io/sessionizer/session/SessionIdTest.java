package io.sessionizer.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SessionIdTest {
    private static final long SEED = Long.getLong("seed", System.nanoTime());
    private static final long LAST_TIME =
            Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();
    private static final long TIME = 1_468_308_340_000L;

    private final Random random = new Random(SEED);

    @Test
    void isAUuidOfVersionSevenWithItsTime() {
        System.out.println("SessionIdTest: -Dseed=" + SEED);
        for (int i = 0; i < 10_000; i++) {
            byte[] user = new byte[random.nextInt(40)];
            random.nextBytes(user);
            long time = i == 0 ? 0 : i == 1 ? LAST_TIME : (long) (random.nextDouble() * LAST_TIME);
            UUID uuid = uuid(SessionId.of(user, time));
            assertEquals(7, uuid.version());
            assertEquals(2, uuid.variant());
            assertEquals(time, uuid.getMostSignificantBits() >>> 16);
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
        SessionId id = id("user-42", TIME);
        id.writeTo(target, 2);
        assertEquals("\0\0" + id + "\0\0", new String(target, StandardCharsets.US_ASCII));
    }

    @Test
    void sortsByTime() {
        long[] times = {0, 1, 999, 1000, TIME, TIME + 1, 1L << 46, (1L << 47) - 1, 1L << 47, LAST_TIME};
        for (int i = 1; i < times.length; i++) {
            for (int user = 0; user < 100; user++) {
                String earlier = id("user-" + user, times[i - 1]).toString();
                String later = id("user-" + (99 - user), times[i]).toString();
                assertTrue(earlier.compareTo(later) < 0, earlier + " stands before " + later);
            }
        }
    }

    @Test
    void staysTheSameForEver() {
        assertEquals(id("user-42", TIME), id("user-42", TIME));
        assertEquals("0155ddff-3d20-7942-94cd-327c465fcffc", id("user-42", TIME).toString());
        assertEquals("0155ddff-3d20-7729-b5dc-634537c0ad3f", id("u", TIME).toString());
        assertEquals(
                "0155ddff-3d20-7904-8f27-8fe74dca95a8",
                id("0123456789abcdef", TIME).toString());
    }

    @Test
    void differsByUserAlone_andByTimeAlone() {
        assertNotEquals(id("user-42", TIME), id("user-43", TIME));
        assertNotEquals(id("user-42", TIME), id("user-42", TIME + 1));
        assertNotEquals(SessionId.of(new byte[7], TIME), SessionId.of(new byte[8], TIME));
        assertNotEquals(SessionId.of(new byte[0], TIME), SessionId.of(new byte[1], TIME));
    }

    /** Similar names of every length about the hash's words, bits that differ alone, bytes that move, zeros; few times. */
    @Test
    void aMillionIdsOfSimilarUsersDoNotCollide() {
        Set<SessionId> ids = new HashSet<>(3_000_000);
        Set<Long> lowBits = new HashSet<>(3_000_000);
        int made = 0;
        for (long time = TIME; time < TIME + 2; time++) {
            for (int i = 0; i < 400_000; i++) {
                made += add(ids, lowBits, SessionId.of(ascii("user-" + i), time));
            }
            for (int length = 1; length <= 64; length++) {
                made += addVariants(ids, lowBits, length, time);
            }
        }
        assertTrue(made >= 1_000_000, "a million ids at least. Found: " + made);
        assertEquals(made, ids.size());
        assertEquals(
                made, lowBits.size(), "the bits behind the variant alone, which a collision of 62 bits would need");
    }

    /** No two of one length are equal: a byte at a place, of a prefix that never holds it. */
    private static int addVariants(Set<SessionId> ids, Set<Long> lowBits, int length, long time) {
        int made = 0;
        for (int at = 0; at < length; at++) {
            for (int value = 128; value < 256; value++) {
                byte[] user = new byte[length];
                user[at] = (byte) value;
                made += add(ids, lowBits, SessionId.of(user, time));
            }
        }
        return made;
    }

    private static int add(Set<SessionId> ids, Set<Long> lowBits, SessionId id) {
        ids.add(id);
        lowBits.add(id.leastSignificant());
        return 1;
    }

    private static SessionId id(String user, long time) {
        return SessionId.of(ascii(user), time);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static UUID uuid(SessionId id) {
        return new UUID(id.mostSignificant(), id.leastSignificant());
    }
}
