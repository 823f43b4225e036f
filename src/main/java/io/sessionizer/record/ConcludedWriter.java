package io.sessionizer.record;

import io.sessionizer.event.EventFormat;
import io.sessionizer.event.EventReader;
import io.sessionizer.event.json.JsonText;
import io.sessionizer.session.Conclusion;
import io.sessionizer.session.Session;
import io.sessionizer.session.SessionId;
import java.nio.charset.StandardCharsets;

/**
 * Writes the event Session Concluded (specification, section 1). The envelope uses the field names of the configured format,
 * so that {@link EventReader} recognizes the event if it is fed back into the input. Thread-safe.
 */
public final class ConcludedWriter {
    private static final int MAX_NUMBER_LENGTH = 20;
    private static final int NUMBERS = 5;

    private static final byte[] BEFORE_ID = JsonText.ascii(",\"Session ID\":\"");
    private static final byte[] BEFORE_START = JsonText.ascii("\",\"Session Start\":");
    private static final byte[] BEFORE_EVENTS = JsonText.ascii(",\"Event Count\":");
    private static final byte[] BEFORE_REVISION = JsonText.ascii(",\"Revision\":");
    private static final byte[] BEFORE_SURVIVOR = JsonText.ascii(",\"Merged Into\":\"");
    private static final byte[] END = JsonText.ascii("}}");
    private static final byte[] END_OF_TEXT = JsonText.ascii("\"}}");

    private final byte[] beforeUser;
    private final byte[] beforeTime;
    private final byte[] beforeLength;
    private final long maxLengthWithoutUser;

    public ConcludedWriter(EventFormat format) {
        String user = "{" + JsonText.quoted(format.userFields().get(0)) + ":";
        String time = "," + JsonText.quoted(format.typeField()) + ":\"event\"," + JsonText.quoted(format.nameField())
                + ":" + JsonText.quoted(EventFormat.CONCLUDED_EVENT) + "," + JsonText.quoted(format.timeField()) + ":";
        String length = "," + JsonText.quoted(format.dataField()) + ":{\"Session Length\":";
        beforeUser = user.getBytes(StandardCharsets.UTF_8);
        beforeTime = time.getBytes(StandardCharsets.UTF_8);
        beforeLength = length.getBytes(StandardCharsets.UTF_8);
        String frame = user + "\"\"" + time + length + ",\"Session ID\":\"\",\"Session Start\":"
                + ",\"Event Count\":,\"Revision\":,\"Merged Into\":\"\"}}";
        maxLengthWithoutUser =
                frame.getBytes(StandardCharsets.UTF_8).length + 2 * SessionId.LENGTH + NUMBERS * MAX_NUMBER_LENGTH;
    }

    /** @param user valid UTF-8 */
    public byte[] write(byte[] user, Conclusion conclusion) {
        Session session = conclusion.session();
        JsonBuffer out = new JsonBuffer(maxLength(user.length))
                .put(beforeUser)
                .putQuoted(user)
                .put(beforeTime)
                .put(session.end() / 1000)
                .put(beforeLength)
                .put(conclusion.lengthSeconds())
                .put(BEFORE_ID)
                .put(session.id())
                .put(BEFORE_START)
                .put(session.start() / 1000)
                .put(BEFORE_EVENTS)
                .put(conclusion.events())
                .put(BEFORE_REVISION)
                .put(session.revision());
        conclusion
                .mergedInto()
                .ifPresentOrElse(
                        survivor -> out.put(BEFORE_SURVIVOR).put(survivor).put(END_OF_TEXT), () -> out.put(END));
        return out.toBytes();
    }

    /** Upper bound of a Session Concluded for a user of this length, in bytes. */
    public long maxLength(int userLength) {
        return maxLengthWithoutUser + JsonText.maxLength(userLength);
    }
}
