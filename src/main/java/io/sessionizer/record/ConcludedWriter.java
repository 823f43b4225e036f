package io.sessionizer.record;

import io.sessionizer.event.EventReader;
import io.sessionizer.event.format.ConcludedShape;
import io.sessionizer.event.format.EventField;
import io.sessionizer.event.format.EventFilter;
import io.sessionizer.event.format.EventFormat;
import io.sessionizer.event.format.Location;
import io.sessionizer.event.format.Location.HeaderLocation;
import io.sessionizer.event.json.JsonText;
import io.sessionizer.record.JsonTemplate.Piece;
import io.sessionizer.session.Conclusion;
import io.sessionizer.session.Session;
import io.sessionizer.session.SessionId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Writes the event Session Concluded in the shape of the configured format (specification, section 1), so that
 * {@link EventReader} recognizes it if it is fed back into the input. Thread-safe.
 */
public final class ConcludedWriter {
    private static final int MAX_NUMBER_LENGTH = 20;
    private static final int MAX_TIME_LENGTH = "\"9999-12-31T23:59:59.999Z\"".length();
    private static final int MAX_EVENT_ID_LENGTH = SessionId.MAX_JSON_LENGTH;

    private static final byte[] BEFORE_LENGTH = JsonText.ascii("\"Session Length\":");
    private static final byte[] BEFORE_ID = JsonText.ascii(",\"Session ID\":");
    private static final byte[] BEFORE_START = JsonText.ascii(",\"Session Start\":");
    private static final byte[] BEFORE_EVENTS = JsonText.ascii(",\"Event Count\":");
    private static final byte[] BEFORE_REVISION = JsonText.ascii(",\"Revision\":");
    private static final byte[] BEFORE_SURVIVOR = JsonText.ascii(",\"Merged Into\":");
    private static final long MAX_PROPERTIES_LENGTH =
            Stream.of(BEFORE_LENGTH, BEFORE_ID, BEFORE_START, BEFORE_EVENTS, BEFORE_REVISION, BEFORE_SURVIVOR)
                            .mapToLong(name -> name.length)
                            .sum()
                    + 2L * SessionId.MAX_JSON_LENGTH
                    + 4L * MAX_NUMBER_LENGTH;

    private static final int USER = 0;
    private static final int TIME = 1;
    private static final int PROPERTIES = 2;
    private static final int EVENT_ID = 3;

    private final ConcludedShape.TimeForm timeForm;
    private final Piece[] pieces;
    private final List<HeaderPiece> headers = new ArrayList<>();

    public ConcludedWriter(EventFormat format) {
        ConcludedShape shape = format.concluded();
        timeForm = shape.timeForm();
        JsonTemplate template = new JsonTemplate();
        List<String> data = format.dataPaths().get(0);
        put(template, data, first(format, EventField.USER), new Content(USER, ""));
        format.filter().types().stream()
                .limit(1)
                .forEach(type -> put(template, data, first(format, EventField.TYPE), Content.of(type)));
        put(template, data, first(format, EventField.NAME), Content.of(EventFilter.CONCLUDED_EVENT));
        put(template, data, first(format, EventField.TIME), new Content(TIME, ""));
        template.putMembers(data, PROPERTIES);
        put(template, data, shape.times(), new Content(TIME, ""));
        put(template, data, shape.ids(), new Content(EVENT_ID, ""));
        shape.constants().forEach((location, text) -> put(template, data, List.of(location), Content.of(text)));
        pieces = template.compile().toArray(Piece[]::new);
    }

    /** The content at a path: an open value, or a text. */
    private record Content(int slot, String text) {
        private static final int TEXT = -1;
        private static final String EMPTY_OBJECT = "{}";

        static Content of(String text) {
            return new Content(TEXT, text);
        }

        String json() {
            if (slot != TEXT) {
                return JsonTemplate.open(slot);
            }
            return text.equals(EMPTY_OBJECT) ? text : JsonText.quoted(text);
        }
    }

    private record HeaderPiece(String name, Content content) {}

    /**
     * A header of a Session Concluded.
     *
     * @param value the header's value, in UTF-8
     */
    public record ConcludedHeader(String name, byte[] value) {}

    private static List<Location> first(EventFormat format, EventField field) {
        return format.of(field).stream().limit(1).toList();
    }

    private void put(JsonTemplate template, List<String> data, List<Location> locations, Content content) {
        for (Location location : locations) {
            location.path(data).ifPresent(path -> template.put(path, content.json()));
            if (location instanceof HeaderLocation header) {
                headers.add(new HeaderPiece(header.name(), content));
            }
        }
    }

    /** @param user valid UTF-8 */
    public byte[] write(byte[] user, Conclusion conclusion) {
        JsonBuffer out = new JsonBuffer(maxLength(user.length));
        for (Piece piece : pieces) {
            out.put(piece.before());
            write(piece.slot(), user, conclusion, out);
        }
        return out.toBytes();
    }

    private void write(int slot, byte[] user, Conclusion conclusion, JsonBuffer out) {
        switch (slot) {
            case USER -> out.putQuoted(user);
            case TIME -> writeTime(conclusion.session().end(), out);
            case PROPERTIES -> writeProperties(conclusion, out);
            case EVENT_ID -> out.putQuoted(ConcludedEventId.of(user, conclusion));
            default -> {}
        }
    }

    private void writeTime(long ms, JsonBuffer out) {
        switch (timeForm) {
            case RFC3339 -> out.putQuoted(time(ms));
            case EPOCH_SECONDS, EPOCH_MILLIS -> out.put(JsonText.ascii(time(ms)));
        }
    }

    private String time(long ms) {
        return switch (timeForm) {
            case RFC3339 -> Instant.ofEpochMilli(ms).toString();
            case EPOCH_SECONDS -> Long.toString(ms / 1000);
            case EPOCH_MILLIS -> Long.toString(ms);
        };
    }

    private static void writeProperties(Conclusion conclusion, JsonBuffer out) {
        Session session = conclusion.session();
        out.put(BEFORE_LENGTH)
                .put(conclusion.lengthSeconds())
                .put(BEFORE_ID)
                .put(session.id())
                .put(BEFORE_START)
                .put(session.start() / 1000)
                .put(BEFORE_EVENTS)
                .put(conclusion.events())
                .put(BEFORE_REVISION)
                .put(session.revision());
        conclusion.mergedInto().ifPresent(survivor -> out.put(BEFORE_SURVIVOR).put(survivor));
    }

    /** The headers of the event; empty if the format has none. */
    public List<ConcludedHeader> headers(byte[] user, Conclusion conclusion) {
        return headers.stream()
                .map(header -> new ConcludedHeader(header.name(), headerValue(header.content(), user, conclusion)))
                .toList();
    }

    private byte[] headerValue(Content content, byte[] user, Conclusion conclusion) {
        return switch (content.slot()) {
            case USER -> user;
            case TIME -> time(conclusion.session().end()).getBytes(StandardCharsets.US_ASCII);
            case EVENT_ID -> ConcludedEventId.of(user, conclusion).getBytes(StandardCharsets.US_ASCII);
            default -> content.text().getBytes(StandardCharsets.UTF_8);
        };
    }

    /** Upper bound of a Session Concluded for a user of this length, in bytes. */
    public long maxLength(int userLength) {
        long length = 0;
        for (Piece piece : pieces) {
            length += piece.before().length
                    + switch (piece.slot()) {
                        case USER -> 2 + JsonText.maxLength(userLength);
                        case TIME -> MAX_TIME_LENGTH;
                        case PROPERTIES -> MAX_PROPERTIES_LENGTH;
                        case EVENT_ID -> MAX_EVENT_ID_LENGTH;
                        default -> 0;
                    };
        }
        return length;
    }

    /**
     * Upper bound of the size of its headers for a user of this length, in bytes, including their names and lengths.
     */
    public long maxHeadersLength(int userLength) {
        return headers.stream()
                .mapToLong(header -> 10
                        + 3L * header.name().length()
                        + Math.max(3L * header.content().text().length(), Math.max(userLength, MAX_EVENT_ID_LENGTH)))
                .sum();
    }
}
