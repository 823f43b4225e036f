package io.sessionizer.record;

import io.sessionizer.session.LegacySessionId;
import io.sessionizer.session.Published;
import io.sessionizer.session.Session;
import io.sessionizer.session.SessionId;
import io.sessionizer.session.SessionIdForm;
import io.sessionizer.session.Timeline;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A timeline as it is stored: a format version byte, the deadline, then each session by start as differences in
 * variable length; some 35 bytes for one session. Version 2 adds, for a session that is open again, what its latest
 * revision published; version 3 has a single 0 for no deadline; version 4 has for each session the form of its id in 4
 * bits and the id's {@code rand_a} and {@code rand_b} in 12 and 64 bits. A new version is added beside the old ones, which stay
 * readable.
 */
public final class TimelineCodec {
    private static final VersionedBytes FORMAT = new VersionedBytes("timeline", (byte) 1, (byte) 4);
    /** Version 1 does not store what a reopened session last published. */
    private static final byte WITHOUT_PUBLISHED = 1;
    /** Up to version 3 ids are not stored: they are those of {@link LegacySessionId}. */
    private static final byte WITHOUT_IDS = 3;

    private static final SessionIdForm[] FORMS = SessionIdForm.values();
    private static final int RAND_A_BITS = 12;
    private static final int RAND_A_MASK = (1 << RAND_A_BITS) - 1;
    private static final int ID_BYTES = Short.BYTES + Long.BYTES;
    private static final int MAX_SESSION_BYTES = 9 * Varint.MAX_LENGTH + ID_BYTES;

    private TimelineCodec() {}

    /** Upper bound of a timeline with this many sessions, in bytes. */
    public static long maxLength(int sessions) {
        return 1 + Varint.MAX_LENGTH + (long) sessions * MAX_SESSION_BYTES;
    }

    /** Encodes a timeline that is not empty. */
    public static byte[] encode(Timeline timeline) {
        List<Session> sessions = timeline.sessions();
        ByteBuffer out = FORMAT.allocate(Varint.MAX_LENGTH + sessions.size() * MAX_SESSION_BYTES);
        Varint.put(out, timeline.deadline() == Timeline.NO_DEADLINE ? 0 : timeline.deadline());
        long last = 0;
        for (int i = 0; i < sessions.size(); i++) {
            Session session = sessions.get(i);
            Varint.put(out, session.start() - last);
            Varint.put(out, session.openedAt() - session.start());
            putId(out, session.id());
            Varint.put(out, session.end() - session.start());
            Varint.put(out, session.events());
            Varint.put(out, session.lastArrival() - session.end());
            Varint.put(out, (long) session.revision() << 1 | (session.isOpen() ? 1 : 0));
            if (isOpenAgain(session.isOpen(), session.revision())) {
                Published published = session.lastPublished();
                Varint.put(out, published.start());
                Varint.put(out, published.end() - published.start());
                Varint.put(out, published.events());
            }
            last = session.end();
        }
        return VersionedBytes.toArray(out);
    }

    /**
     * Decodes what {@link #encode} wrote.
     *
     * @param user the timeline's user, UTF-8
     * @throws IllegalStateException if the version or the form of an id is unknown
     */
    public static Timeline decode(byte[] user, byte[] bytes) {
        ByteBuffer in = FORMAT.wrap(bytes);
        long deadline = Varint.get(in);
        List<Session> sessions = new ArrayList<>(1 + in.remaining() / MAX_SESSION_BYTES);
        long last = 0;
        while (in.hasRemaining()) {
            long start = last + Varint.get(in);
            long openedAt = start + Varint.get(in);
            SessionId id = bytes[0] <= WITHOUT_IDS ? LegacySessionId.of(user, openedAt) : id(openedAt, in);
            long end = start + Varint.get(in);
            long events = Varint.get(in);
            long lastArrival = end + Varint.get(in);
            long state = Varint.get(in);
            int revision = (int) (state >>> 1);
            boolean isOpen = (state & 1) == 1;
            Published published =
                    bytes[0] != WITHOUT_PUBLISHED && isOpenAgain(isOpen, revision) ? published(in) : Published.NONE;
            sessions.add(new Session(id, start, end, events, lastArrival, revision, isOpen, published));
            last = end;
        }
        return Timeline.of(sessions, deadline);
    }

    private static void putId(ByteBuffer out, SessionId id) {
        out.putShort((short) (id.form().ordinal() << RAND_A_BITS | id.randA())).putLong(id.randB());
    }

    private static SessionId id(long openedAt, ByteBuffer in) {
        int formAndRandA = Short.toUnsignedInt(in.getShort());
        int form = formAndRandA >>> RAND_A_BITS;
        if (form >= FORMS.length) {
            throw new IllegalStateException(
                    "form of a session's id: must be less than " + FORMS.length + ". Found: " + form);
        }
        return SessionId.of(openedAt, formAndRandA & RAND_A_MASK, in.getLong()).in(FORMS[form]);
    }

    private static boolean isOpenAgain(boolean isOpen, int revision) {
        return isOpen && revision > 0;
    }

    private static Published published(ByteBuffer in) {
        long start = Varint.get(in);
        return new Published(start, start + Varint.get(in), Varint.get(in));
    }
}
