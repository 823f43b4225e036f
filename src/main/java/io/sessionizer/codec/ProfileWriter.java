package io.sessionizer.codec;

import io.sessionizer.session.Session;
import io.sessionizer.session.SessionId;
import java.nio.charset.StandardCharsets;

/**
 * Writes a user's profile: the session with the latest activity (contract section 1). The user's field is named as the
 * pipeline's format names it. For any number of threads.
 */
public final class ProfileWriter {
    private static final int LONGEST_NUMBER = 20;
    private static final int NUMBERS = 3;
    private static final String OPEN = "open";
    private static final String CONCLUDED = "concluded";

    private final String beforeUser;
    private final long maxLengthWithoutUser;

    public ProfileWriter(EventFormat format) {
        beforeUser = "{" + JsonText.quoted(format.userFields().get(0)) + ":";
        String frame =
                beforeUser + "\"\",\"CT Session ID\":\"\",\"Session Start\":,\"Last Activity\":,\"Event Count\":,"
                        + "\"Status\":\"" + CONCLUDED + "\"}";
        maxLengthWithoutUser =
                frame.getBytes(StandardCharsets.UTF_8).length + SessionId.LENGTH + NUMBERS * LONGEST_NUMBER;
    }

    /** @param user valid UTF-8 */
    public byte[] write(byte[] user, Session session) {
        String json = beforeUser
                + JsonText.quoted(user)
                + ",\"CT Session ID\":\"" + SessionId.of(user, session.openedAt())
                + "\",\"Session Start\":" + session.start() / 1000
                + ",\"Last Activity\":" + session.end() / 1000
                + ",\"Event Count\":" + session.events()
                + ",\"Status\":\"" + (session.isOpen() ? OPEN : CONCLUDED) + "\"}";
        return json.getBytes(StandardCharsets.UTF_8);
    }

    /** No profile of a user of so many bytes is longer than this, in bytes. */
    public long maxLength(int userLength) {
        return maxLengthWithoutUser + JsonText.maxLength(userLength);
    }
}
