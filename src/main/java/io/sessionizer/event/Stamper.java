package io.sessionizer.event;

import io.sessionizer.event.format.EventFormat;
import io.sessionizer.event.json.JsonText;
import io.sessionizer.session.SessionId;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes a session's id into an event, at the position that {@link EventReader} found. All other bytes are unchanged
 * (specification, section 1). Thread-safe.
 */
public final class Stamper {
    private static final Splice STAMPED = Splice.of("", "");

    /** The bytes by the number of missing names, from 1. */
    private final Splice[] afterProperty;

    private final Splice[] emptyObject;
    private final Splice[] nullValue;

    public Stamper(EventFormat format) {
        List<String> path = format.sessionPath(format.dataPaths().get(0));
        int names = path.size();
        afterProperty = new Splice[names];
        emptyObject = new Splice[names];
        nullValue = new Splice[names];
        String before = "";
        String after = "";
        for (int missing = 1; missing <= names; missing++) {
            String member = JsonText.quoted(path.get(names - missing)) + ":";
            before = missing == 1 ? member : member + "{" + before;
            after = missing == 1 ? "" : after + "}";
            afterProperty[missing - 1] = Splice.of("," + before, after);
            emptyObject[missing - 1] = Splice.of(before, after);
            nullValue[missing - 1] = Splice.of("{" + before, after + "}");
        }
    }

    /** An upper bound of the length of the result of {@link #stamp}, for any id, in bytes. */
    public int maxStampedLength(StampableEvent event) {
        int others = event.value().length - (event.to() - event.from());
        return isWritten(event) ? others + splice(event).length() + SessionId.MAX_JSON_LENGTH : event.value().length;
    }

    /**
     * Also false for an event that was read with an earlier configuration, at a location that is no longer configured.
     */
    private boolean isWritten(StampableEvent event) {
        return event.place() != StampableEvent.Place.NOWHERE && afterProperty.length > 0;
    }

    /**
     * Writes the id into a copy of the event.
     *
     * @return a new array, or the event's own bytes, which do not change, if the id is not written into the value
     */
    public byte[] stamp(StampableEvent event, SessionId id) {
        byte[] value = event.value();
        if (!isWritten(event)) {
            return value;
        }
        int from = event.from();
        int to = event.to();
        Splice splice = splice(event);
        byte[] out = new byte[value.length - (to - from) + splice.length() + id.jsonLength()];
        System.arraycopy(value, 0, out, 0, from);
        int end = splice.writeTo(out, from, id);
        System.arraycopy(value, to, out, end, value.length - to);
        return out;
    }

    private Splice splice(StampableEvent event) {
        return switch (event.place()) {
            case AFTER_PROPERTY -> of(afterProperty, event);
            case EMPTY_OBJECT -> of(emptyObject, event);
            case NULL_VALUE -> of(nullValue, event);
            case STAMPED, NOWHERE -> STAMPED;
        };
    }

    /** An event that was read with an earlier configuration may lack more names than the location has now. */
    private static Splice of(Splice[] byMissing, StampableEvent event) {
        return byMissing[Math.min(event.missing(), byMissing.length) - 1];
    }

    /** The bytes before and after the id. */
    private record Splice(byte[] before, byte[] after) {
        static Splice of(String before, String after) {
            return new Splice(before.getBytes(StandardCharsets.UTF_8), after.getBytes(StandardCharsets.UTF_8));
        }

        int length() {
            return before.length + after.length;
        }

        /** Returns the index after the written bytes. */
        int writeTo(byte[] out, int at, SessionId id) {
            System.arraycopy(before, 0, out, at, before.length);
            int end = id.writeJsonTo(out, at + before.length);
            System.arraycopy(after, 0, out, end, after.length);
            return end + after.length;
        }
    }
}
