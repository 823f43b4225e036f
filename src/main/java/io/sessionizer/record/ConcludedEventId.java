package io.sessionizer.record;

import io.sessionizer.session.Conclusion;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * The event id of a Session Concluded, by which a receiver recognizes repeated events: a UUID (RFC 9562, version 8)
 * made of a SHA-256 hash of user, session id and revision (specification, section 1).
 */
final class ConcludedEventId {
    private static final long VERSION_8 = 0x8000;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private ConcludedEventId() {}

    static String of(byte[] user, Conclusion conclusion) {
        ByteBuffer numbers = ByteBuffer.allocate(Integer.BYTES + Integer.BYTES);
        byte[] id = conclusion.session().id().toBytes();
        numbers.putInt(user.length).putInt(conclusion.session().revision());
        MessageDigest sha256 = sha256();
        sha256.update(user);
        sha256.update(id);
        ByteBuffer hash = ByteBuffer.wrap(sha256.digest(numbers.array()));
        return new UUID(hash.getLong() & ~0xF000L | VERSION_8, hash.getLong() >>> 2 | VARIANT).toString();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256: every Java platform must have it", e);
        }
    }
}
