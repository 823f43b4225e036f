package io.sessionizer.record;

import io.sessionizer.event.EventFormat;
import io.sessionizer.event.json.JsonText;
import io.sessionizer.session.Session;
import io.sessionizer.session.SessionId;
import java.nio.charset.StandardCharsets;

/**
 * Writes a user's profile: the session with the latest activity (specification, section 1). The user's field has the name of
 * the configured format. Thread-safe.
 */
public final class ProfileWriter {
    private static final int MAX_NUMBER_LENGTH = 20;
    private static final int NUMBERS = 3;
    private static final byte[] BEFORE_ID = JsonText.ascii(",\"CT Session ID\":\"");
    private static final byte[] BEFORE_START = JsonText.ascii("\",\"Session Start\":");
    private static final byte[] BEFORE_END = JsonText.ascii(",\"Last Activity\":");
    private static final byte[] BEFORE_EVENTS = JsonText.ascii(",\"Event Count\":");
    private static final byte[] OPEN = JsonText.ascii(",\"Status\":\"open\"}");
    private static final byte[] CONCLUDED = JsonText.ascii(",\"Status\":\"concluded\"}");

    private final byte[] beforeUser;
    private final long maxLengthWithoutUser;

    public ProfileWriter(EventFormat format) {
        String user = "{" + JsonText.quoted(format.userFields().get(0)) + ":";
        beforeUser = user.getBytes(StandardCharsets.UTF_8);
        String frame = user + "\"\",\"CT Session ID\":\"\",\"Session Start\":,\"Last Activity\":,\"Event Count\":,"
                + "\"Status\":\"concluded\"}";
        maxLengthWithoutUser =
                frame.getBytes(StandardCharsets.UTF_8).length + SessionId.LENGTH + NUMBERS * MAX_NUMBER_LENGTH;
    }

    /** @param user valid UTF-8 */
    public byte[] write(byte[] user, Session session) {
        return new JsonBuffer(maxLength(user.length))
                .put(beforeUser)
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
        return maxLengthWithoutUser + JsonText.maxLength(userLength);
    }
}
