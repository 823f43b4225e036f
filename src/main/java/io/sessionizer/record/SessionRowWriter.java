package io.sessionizer.record;

import io.sessionizer.event.json.JsonText;
import io.sessionizer.session.Conclusion;
import io.sessionizer.session.Session;
import io.sessionizer.session.SessionId;
import io.sessionizer.session.SessionIdForm;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Writes the rows of the sessions table: one for each session, which a consumer loads as an upsert (specification,
 * section 1). The names are the same in every format. Thread-safe.
 */
public final class SessionRowWriter {
    private static final byte SEPARATOR = '|';
    private static final int MAX_NUMBER_LENGTH = 20;
    private static final int NUMBERS = 5;
    private static final byte[] BEFORE_ID = JsonText.ascii("{\"session_id\":");
    private static final byte[] BEFORE_USER = JsonText.ascii(",\"user_id\":");
    private static final byte[] BEFORE_START = JsonText.ascii(",\"started_at\":");
    private static final byte[] BEFORE_END = JsonText.ascii(",\"ended_at\":");
    private static final byte[] BEFORE_LENGTH = JsonText.ascii(",\"length_s\":");
    private static final byte[] BEFORE_EVENTS = JsonText.ascii(",\"event_count\":");
    private static final byte[] BEFORE_REVISION = JsonText.ascii(",\"revision\":");
    private static final byte[] AFTER = JsonText.ascii("}");
    private static final long MAX_LENGTH_WITHOUT_USER = BEFORE_ID.length
            + SessionId.MAX_JSON_LENGTH
            + BEFORE_USER.length
            + 2
            + BEFORE_START.length
            + BEFORE_END.length
            + BEFORE_LENGTH.length
            + BEFORE_EVENTS.length
            + BEFORE_REVISION.length
            + AFTER.length
            + NUMBERS * MAX_NUMBER_LENGTH;

    /**
     * The key of a session's row: its id as text, preceded by the user and a separator if ids are unique only for a
     * user.
     *
     * @param user valid UTF-8
     */
    public byte[] key(byte[] user, SessionId id) {
        byte[] text = id.toBytes();
        return id.form() == SessionIdForm.UUID
                ? text
                : ByteBuffer.allocate(user.length + 1 + text.length)
                        .put(user)
                        .put(SEPARATOR)
                        .put(text)
                        .array();
    }

    /**
     * The value of a session's row after this conclusion; empty if the session was merged into another one and has no
     * row.
     *
     * @param user valid UTF-8
     */
    public Optional<byte[]> value(byte[] user, Conclusion conclusion) {
        return conclusion.mergedInto().isPresent() ? Optional.empty() : Optional.of(row(user, conclusion.session()));
    }

    private byte[] row(byte[] user, Session session) {
        return new JsonBuffer(maxLength(user.length))
                .put(BEFORE_ID)
                .putQuoted(session.id().toBytes())
                .put(BEFORE_USER)
                .putQuoted(user)
                .put(BEFORE_START)
                .put(session.start())
                .put(BEFORE_END)
                .put(session.end())
                .put(BEFORE_LENGTH)
                .put(session.lengthSeconds())
                .put(BEFORE_EVENTS)
                .put(session.events())
                .put(BEFORE_REVISION)
                .put(session.revision())
                .put(AFTER)
                .toBytes();
    }

    /** Upper bound of the size of a row for a user of this length, in bytes. */
    public long maxLength(int userLength) {
        return MAX_LENGTH_WITHOUT_USER + JsonText.maxLength(userLength);
    }

    /** Upper bound of the size of a row's key for a user of this length, in bytes. */
    public long maxKeyLength(int userLength) {
        return (long) userLength + 1 + SessionId.LENGTH;
    }
}
