package io.sessionizer.record;

import io.sessionizer.event.json.JsonText;
import io.sessionizer.session.Session;
import io.sessionizer.session.SessionId;

/**
 * Writes a user's profile: the session with the latest activity (specification, section 1). Its names are the same in every
 * format. Thread-safe.
 */
public final class ProfileWriter {
    private static final int MAX_NUMBER_LENGTH = 20;
    private static final int NUMBERS = 3;
    private static final byte[] BEFORE_USER = JsonText.ascii("{\"identity\":");
    private static final byte[] BEFORE_ID = JsonText.ascii(",\"CT Session ID\":");
    private static final byte[] BEFORE_START = JsonText.ascii(",\"Session Start\":");
    private static final byte[] BEFORE_END = JsonText.ascii(",\"Last Activity\":");
    private static final byte[] BEFORE_EVENTS = JsonText.ascii(",\"Event Count\":");
    private static final byte[] OPEN = JsonText.ascii(",\"Status\":\"open\"}");
    private static final byte[] CONCLUDED = JsonText.ascii(",\"Status\":\"concluded\"}");
    private static final long MAX_LENGTH_WITHOUT_USER = BEFORE_USER.length
            + 2
            + BEFORE_ID.length
            + SessionId.MAX_JSON_LENGTH
            + BEFORE_START.length
            + BEFORE_END.length
            + BEFORE_EVENTS.length
            + CONCLUDED.length
            + NUMBERS * MAX_NUMBER_LENGTH;

    /** @param user valid UTF-8 */
    public byte[] write(byte[] user, Session session) {
        return new JsonBuffer(maxLength(user.length))
                .put(BEFORE_USER)
                .putQuoted(user)
                .put(BEFORE_ID)
                .put(session.id())
                .put(BEFORE_START)
                .put(session.start() / 1000)
                .put(BEFORE_END)
                .put(session.end() / 1000)
                .put(BEFORE_EVENTS)
                .put(session.events())
                .put(session.isOpen() ? OPEN : CONCLUDED)
                .toBytes();
    }

    /** Upper bound of a profile for a user of this length, in bytes. */
    public long maxLength(int userLength) {
        return MAX_LENGTH_WITHOUT_USER + JsonText.maxLength(userLength);
    }
}
