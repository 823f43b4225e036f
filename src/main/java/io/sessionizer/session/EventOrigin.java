package io.sessionizer.session;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.function.LongFunction;

/**
 * Where the event that is being processed comes from: its user, and its partition and offset in the input. They
 * determine the id of a session that the event opens (specification, section 2, Session ids). One object serves all events
 * of a partition, and computes an id only when a session opens, so an ordinary event costs neither an object nor a hash. Not
 * thread-safe.
 */
public final class EventOrigin implements LongFunction<SessionId> {
    /** An event in a repartition record of an earlier version, which did not contain the offset. */
    public static final long NO_OFFSET = -1;

    private static final int NUMBERS_LENGTH = Long.BYTES + Integer.BYTES + Long.BYTES;
    private static final int RAND_A_BITS = 12;
    private static final int RAND_B_BITS = 62;

    private final SessionIdForm form;
    private final MessageDigest sha256 = sha256();
    private final ByteBuffer numbers = ByteBuffer.allocate(NUMBERS_LENGTH);
    private byte[] user = {};
    private int partition;
    private long offset = NO_OFFSET;

    /** @param form the form of the ids of sessions that open */
    public EventOrigin(SessionIdForm form) {
        this.form = form;
    }

    /**
     * Moves on to the next event.
     *
     * @param user UTF-8; not copied
     * @param partition partition of the input
     * @param offset offset in that partition, or {@link #NO_OFFSET}
     * @return this
     */
    public EventOrigin set(byte[] user, int partition, long offset) {
        this.user = user;
        this.partition = partition;
        this.offset = offset;
        return this;
    }

    /** The event's user, UTF-8; must not be modified. */
    public byte[] user() {
        return user;
    }

    /**
     * The id of the session that the event opens.
     *
     * @param time event time, epoch ms, 0 to the end of the year 9999
     */
    @Override
    public SessionId apply(long time) {
        SessionId uuid = offset == NO_OFFSET ? LegacySessionId.of(user, time) : hash(time);
        return uuid.in(form);
    }

    private SessionId hash(long time) {
        numbers.clear().putLong(time).putInt(partition).putLong(offset);
        sha256.update(user);
        ByteBuffer hash = ByteBuffer.wrap(sha256.digest(numbers.array()));
        long first = hash.getLong();
        long second = hash.getLong();
        long randB = (first << RAND_A_BITS | second >>> Long.SIZE - RAND_A_BITS) >>> Long.SIZE - RAND_B_BITS;
        return SessionId.of(time, (int) (first >>> Long.SIZE - RAND_A_BITS), randB);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256: every Java platform must have it", e);
        }
    }
}
