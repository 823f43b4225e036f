package io.sessionizer.event;

import io.sessionizer.event.StampableEvent.Place;
import io.sessionizer.event.json.NameTable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The reader that the benchmark compares {@link EventReader} with: the same rules and the same interface, on
 * {@link StreamingDocument} in place of {@link EventDocument}. It is a copy, so that neither reader pays for an
 * indirection that it does not need.
 *
 * <p>A cursor: the accessors are valid until the next {@link #read}. For one thread.
 */
public final class StreamingEventReader {
    private final EventFormat format;
    private final StreamingDocument document;
    private final FieldPositions event;
    private final FieldPositions data;
    private final NameTable countedTypes = new NameTable(List.of("event"));
    private final NameTable excludedEvents;
    private final NameTable untrackedSources;
    private final int type;
    private final int name;
    private final int timeField;
    private final int dataField;
    private final int source;
    private final int session;
    private final int[] userFields;

    private Verdict verdict = Verdict.REJECTED;
    private RejectionReason reason = RejectionReason.MALFORMED_JSON;
    private long time = EventReader.NO_TIME;
    private boolean hasReadableTime;
    private byte[] user = UserKey.NONE;
    private int userField = NameTable.NONE;

    /** @param userInPayload whether the user is in the event; otherwise it is in the record's key, which is not read here */
    public StreamingEventReader(EventFormat format, boolean userInPayload) {
        this.format = format;
        List<String> users = userInPayload ? format.userFields() : List.of();
        List<String> eventFields = new ArrayList<>(
                List.of(format.typeField(), format.nameField(), format.timeField(), format.dataField()));
        eventFields.addAll(users);
        List<String> dataFields = List.of(format.sourceField(), format.sessionField());
        NameTable eventNames = new NameTable(eventFields);
        NameTable dataNames = new NameTable(dataFields);
        document = new StreamingDocument(eventFields, format.dataField(), dataFields);
        event = document.event();
        data = document.data();
        excludedEvents =
                new NameTable(Stream.concat(format.excludedEvents().stream(), Stream.of(EventFormat.CONCLUDED_EVENT))
                        .toList());
        untrackedSources = new NameTable(format.untrackedSources());
        type = eventNames.numberOf(format.typeField());
        name = eventNames.numberOf(format.nameField());
        timeField = eventNames.numberOf(format.timeField());
        dataField = eventNames.numberOf(format.dataField());
        source = dataNames.numberOf(format.sourceField());
        session = dataNames.numberOf(format.sessionField());
        userFields = users.stream().mapToInt(eventNames::numberOf).toArray();
    }

    /** @param value a record's value, not null; it must not change while the accessors are used */
    public Verdict read(byte[] value) {
        time = EventReader.NO_TIME;
        hasReadableTime = false;
        user = UserKey.NONE;
        userField = NameTable.NONE;
        if (!document.scan(value)) {
            return reject(RejectionReason.MALFORMED_JSON);
        }
        readUser();
        readTime(value);
        verdict = isExcluded() ? Verdict.EXCLUDED : isUntracked() ? Verdict.UNTRACKED : classify();
        return verdict;
    }

    /** Event time, epoch ms, 0 to the end of the year 9999, or {@link #EventReader.NO_TIME}. */
    public long time() {
        return time;
    }

    /**
     * False if the time is present but invalid, which is allowed in an uncounted event; {@link #time} is then
     * {@link #EventReader.NO_TIME}.
     */
    public boolean hasReadableTime() {
        return hasReadableTime;
    }

    /** The user in UTF-8; empty if it is not in the payload or is invalid, which is allowed in an uncounted event. */
    public byte[] user() {
        return user;
    }

    /** Where the stamp goes in an event that counts. */
    public StampableEvent stampable() {
        require(Verdict.COUNTS);
        if (event.isAbsentOrNull(dataField)) {
            return event.isPresent(dataField)
                    ? replacing(Place.NULL_DATA, event.from(dataField), event.to(dataField))
                    : inserting(Place.NO_DATA, event.end());
        }
        if (data.isPresent(session)) {
            return replacing(Place.STAMPED, data.from(session), data.to(session));
        }
        return data.isEmpty()
                ? inserting(Place.EMPTY_DATA, event.from(dataField) + 1)
                : inserting(Place.AFTER_PROPERTY, data.end());
    }

    private StampableEvent inserting(Place place, int at) {
        return replacing(place, at, at);
    }

    private StampableEvent replacing(Place place, int from, int to) {
        return new StampableEvent(document.bytes(), place, from, to);
    }

    /** Why the event is rejected: the first applicable reason among those that can be found in its bytes. */
    public RejectionReason reason() {
        require(Verdict.REJECTED);
        return reason;
    }

    /** What is wrong with a rejected event and where, in byte offsets from 0: a sentence of at most 200 characters. */
    public String detail() {
        return switch (reason()) {
            case MALFORMED_JSON -> document.malformed();
            case NO_USER ->
                fieldDetail(
                        String.join(" or ", format.userFields()),
                        "must be a string that is not empty or a number",
                        userField);
            case NO_EVENT_NAME -> fieldDetail(format.nameField(), "must be a string that is not empty", name);
            case BAD_TIMESTAMP ->
                fieldDetail(
                        format.timeField(),
                        "must be epoch seconds, or an RFC 3339 time, up to the year 9999",
                        timeField);
            case BAD_EVENT_DATA -> fieldDetail(format.dataField(), "must be an object or null", dataField);
            case FUTURE_TIMESTAMP, TOO_LARGE ->
                throw new IllegalStateException("reason: must be one that a reader finds. Found: " + reason);
        };
    }

    private String fieldDetail(String field, String rule, int found) {
        boolean isPresent = found != NameTable.NONE && event.isPresent(found);
        return RejectionDetail.of(
                field,
                rule,
                isPresent
                        ? RejectionDetail.excerpt(document.bytes(), event.from(found), event.to(found))
                        : RejectionDetail.NONE);
    }

    private void readUser() {
        for (int field : userFields) {
            if (!event.isAbsentOrNull(field) && !event.isEmptyString(field)) {
                userField = field;
                user = event.isString(field) || event.isNumber(field) ? event.text(field) : UserKey.NONE;
                return;
            }
        }
    }

    private void readTime(byte[] value) {
        if (event.isAbsentOrNull(timeField)) {
            hasReadableTime = true;
            return;
        }
        long read = EventTime.INVALID;
        if (event.isNumber(timeField)) {
            read = EventTime.ofNumber(value, event.from(timeField), event.to(timeField));
        } else if (event.isEscaped(timeField)) {
            byte[] text = event.text(timeField);
            read = Rfc3339.parse(text, 0, text.length);
        } else if (event.isString(timeField)) {
            read = Rfc3339.parse(value, event.from(timeField) + 1, event.to(timeField) - 1);
        }
        hasReadableTime = read != EventTime.INVALID;
        time = hasReadableTime ? read : EventReader.NO_TIME;
    }

    private boolean isExcluded() {
        return event.isOneOf(excludedEvents, name);
    }

    private boolean isUntracked() {
        return !event.isAbsentOrNull(type) && !event.isOneOf(countedTypes, type)
                || data.isOneOf(untrackedSources, source);
    }

    private Verdict classify() {
        if (userFields.length > 0 && user.length == 0) {
            return reject(RejectionReason.NO_USER);
        }
        if (!event.isString(name) || event.isEmptyString(name)) {
            return reject(RejectionReason.NO_EVENT_NAME);
        }
        if (!hasReadableTime) {
            return reject(RejectionReason.BAD_TIMESTAMP);
        }
        if (!event.isAbsentOrNull(dataField) && !event.isObject(dataField)) {
            return reject(RejectionReason.BAD_EVENT_DATA);
        }
        return Verdict.COUNTS;
    }

    private Verdict reject(RejectionReason rejectionReason) {
        reason = rejectionReason;
        verdict = Verdict.REJECTED;
        return verdict;
    }

    private void require(Verdict required) {
        if (verdict != required) {
            throw new IllegalStateException("verdict: must be " + required + ". Found: " + verdict);
        }
    }
}
