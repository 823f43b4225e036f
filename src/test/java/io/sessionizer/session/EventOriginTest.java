package io.sessionizer.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The id of a session follows from the event that opened it (specification, section 2, Session ids). */
class EventOriginTest {
    private static final long SEED = Long.getLong("seed", System.nanoTime());
    private static final long TIME = 1_468_308_340_000L;
    private static final long LAST_TIME =
            Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();

    private final EventOrigin origin = new EventOrigin(SessionIdForm.UUID);
    private final Random random = new Random(SEED);

    /** Computed with another program. */
    @Test
    void staysTheSame() {
        assertEquals("0155ddff-3d20-71ac-9b3f-a4b6f9e1609b", id("user-42", 0, 0, TIME));
        assertEquals("0155ddff-3d20-7586-befd-5d249eccfee5", id("user-42", 3, 4711, TIME));
        assertEquals("e677d21f-dbff-74d8-9205-131863aef297", id("Зоя", Integer.MAX_VALUE, Long.MAX_VALUE, LAST_TIME));
    }

    @Test
    void hasTheFirst74BitsOfTheHash_afterTheTime() throws NoSuchAlgorithmException {
        System.out.println("EventOriginTest: -Dseed=" + SEED);
        for (int i = 0; i < 10_000; i++) {
            byte[] user = new byte[1 + random.nextInt(100)];
            random.nextBytes(user);
            long time = (long) (random.nextDouble() * LAST_TIME);
            int partition = random.nextInt() & Integer.MAX_VALUE;
            long offset = random.nextLong() & Long.MAX_VALUE;
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(ByteBuffer.allocate(user.length + 20)
                            .put(user)
                            .putLong(time)
                            .putInt(partition)
                            .putLong(offset)
                            .array());
            BigInteger first74 = new BigInteger(1, hash).shiftRight(hash.length * Byte.SIZE - 74);
            SessionId id = origin.set(user, partition, offset).apply(time);
            assertEquals(first74, BigInteger.valueOf(id.randA()).shiftLeft(62).add(BigInteger.valueOf(id.randB())));
            assertEquals(time, id.openedAt());
        }
    }

    /** An event that is sent again, at the same time and by the same user, has another offset. */
    @Test
    void differsByUser_timePartitionAndOffset() {
        Set<String> ids = new HashSet<>();
        for (int user = 0; user < 20; user++) {
            for (int time = 0; time < 20; time++) {
                for (int partition = 0; partition < 5; partition++) {
                    for (int offset = 0; offset < 100; offset++) {
                        ids.add(id("user-" + user, partition, offset, TIME + time));
                    }
                }
            }
        }
        assertEquals(20 * 20 * 5 * 100, ids.size());
    }

    @Test
    void givesTheEarlierVersionsId_whereTheOffsetIsUnknown() {
        byte[] user = "user-42".getBytes(StandardCharsets.UTF_8);
        assertEquals(
                LegacySessionId.of(user, TIME),
                origin.set(user, 3, EventOrigin.NO_OFFSET).apply(TIME));
        assertSame(user, origin.user());
    }

    private String id(String user, int partition, long offset, long time) {
        return origin.set(user.getBytes(StandardCharsets.UTF_8), partition, offset)
                .apply(time)
                .toString();
    }
}
