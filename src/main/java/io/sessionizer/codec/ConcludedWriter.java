package io.sessionizer.codec;

import io.sessionizer.session.Conclusion;
import io.sessionizer.session.Session;
import io.sessionizer.session.SessionId;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Writes the event Session Concluded (contract section 1). The fields around its properties are named as the pipeline's
 * format names them, so that {@link EventReader} knows the event again should it be fed back. Once a session is not
 * often: this class is written to be read. For any number of threads.
 */
public final class ConcludedWriter {
    private static final int LONGEST_NUMBER = 20;
    private static final int NUMBERS = 5;

    private final String beforeUser;
    private final String beforeTime;
    private final String beforeData;
    private final long maxLengthWithoutUser;

    public ConcludedWriter(EventFormat format) {
        beforeUser = "{" + JsonText.quoted(format.userFields().get(0)) + ":";
        beforeTime = "," + JsonText.quoted(format.typeField()) + ":\"event\"," + JsonText.quoted(format.nameField())
                + ":" + JsonText.quoted(EventFormat.CONCLUDED_EVENT) + "," + JsonText.quoted(format.timeField()) + ":";
        beforeData = "," + JsonText.quoted(format.dataField()) + ":{\"Session Length\":";
        String frame = beforeUser + "\"\"" + beforeTime + beforeData + ",\"Session ID\":\"\",\"Session Start\":"
                + ",\"Event Count\":,\"Revision\":,\"Merged Into\":\"\"}}";
        maxLengthWithoutUser =
                frame.getBytes(StandardCharsets.UTF_8).length + 2 * SessionId.LENGTH + NUMBERS * LONGEST_NUMBER;
    }

    /**
     * @param user valid UTF-8
     * @param id the concluded session's
     * @param mergedInto the id of the session that its events belong to from now on, if a late event joined it to one
     */
    public byte[] write(byte[] user, Conclusion conclusion, SessionId id, Optional<SessionId> mergedInto) {
        Session session = conclusion.session();
        String json = beforeUser
                + JsonText.quoted(user)
                + beforeTime
                + session.end() / 1000
                + beforeData
                + conclusion.lengthSeconds()
                + ",\"Session ID\":\"" + id
                + "\",\"Session Start\":" + session.start() / 1000
                + ",\"Event Count\":" + conclusion.events()
                + ",\"Revision\":" + session.revision()
                + mergedInto.map(ConcludedWriter::mergedInto).orElse("")
                + "}}";
        return json.getBytes(StandardCharsets.UTF_8);
    }

    /** No Session Concluded of a user of so many bytes is longer than this, in bytes. */
    public long maxLength(int userLength) {
        return maxLengthWithoutUser + JsonText.maxLength(userLength);
    }

    private static String mergedInto(SessionId survivor) {
        return ",\"Merged Into\":\"" + survivor + '"';
    }
}
