package io.sessionizer.event;

import io.sessionizer.event.json.JsonText;
import io.sessionizer.session.SessionId;
import java.nio.charset.StandardCharsets;

/**
 * Writes a session's id into an event, at the position that {@link EventReader} found. All other bytes are unchanged
 * (specification, section 1). Thread-safe.
 */
public final class Stamper {
    private final Splice noData;
    private final Splice nullData;
    private final Splice emptyData;
    private final Splice afterProperty;
    private final Splice stamped;

    public Stamper(EventFormat format) {
        String data = JsonText.quoted(format.dataField()) + ":{";
        String property = JsonText.quoted(format.sessionField()) + ":\"";
        noData = Splice.of("," + data + property, "\"}");
        nullData = Splice.of("{" + property, "\"}");
        emptyData = Splice.of(property, "\"");
        afterProperty = Splice.of("," + property, "\"");
        stamped = Splice.of("\"", "\"");
    }

    /** The length of what {@link #stamp} would return, in bytes. */
    public int stampedLength(StampableEvent event) {
        return event.value().length
                - (event.to() - event.from())
                + splice(event.place()).length();
    }

    /**
     * Writes the id into a copy of the event.
     *
     * @param id text of a session's id, {@value SessionId#LENGTH} bytes
     * @return a new array; the event's own bytes do not change
     */
    public byte[] stamp(StampableEvent event, byte[] id) {
        byte[] value = event.value();
        int from = event.from();
        int to = event.to();
        Splice splice = splice(event.place());
        byte[] out = new byte[stampedLength(event)];
        System.arraycopy(value, 0, out, 0, from);
        splice.writeTo(out, from, id);
        System.arraycopy(value, to, out, from + splice.length(), value.length - to);
        return out;
    }

    private Splice splice(StampableEvent.Place place) {
        return switch (place) {
            case NO_DATA -> noData;
            case NULL_DATA -> nullData;
            case EMPTY_DATA -> emptyData;
            case AFTER_PROPERTY -> afterProperty;
            case STAMPED -> stamped;
        };
    }

    /** The bytes before and after the id. */
    private record Splice(byte[] before, byte[] after) {
        static Splice of(String before, String after) {
            return new Splice(before.getBytes(StandardCharsets.UTF_8), after.getBytes(StandardCharsets.UTF_8));
        }

        int length() {
            return before.length + SessionId.LENGTH + after.length;
        }

        void writeTo(byte[] out, int at, byte[] id) {
            System.arraycopy(before, 0, out, at, before.length);
            System.arraycopy(id, 0, out, at + before.length, SessionId.LENGTH);
            System.arraycopy(after, 0, out, at + before.length + SessionId.LENGTH, after.length);
        }
    }
}
