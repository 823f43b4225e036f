package io.sessionizer.event;

import io.sessionizer.event.FieldNumbers.DataFields;
import io.sessionizer.event.StampableEvent.Place;
import io.sessionizer.event.UncountedReason.EventPart;
import io.sessionizer.event.UncountedReason.ReasonCache;
import io.sessionizer.event.format.EventField;
import io.sessionizer.event.format.EventFormat;
import io.sessionizer.event.format.Location;
import io.sessionizer.event.json.NameTable;
import java.time.ZoneId;
import java.time.zone.ZoneRules;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Interprets the recorded positions of one event after another: whether the event counts, its user and time, and the
 * position of the stamp, or the reason why it is rejected (specification, section 1).
 */
final class EventFields {
    private final EventFormat format;
    private final FieldPositions positions;
    private final NameTable countedTypes;
    private final NameTable excludedEvents;
    private final NameTable untrackedSources;
    private final Optional<ZoneRules> zone;
    /** The numbers of each field's locations. */
    private final int[] users;

    private final int[] types;
    private final int[] names;
    private final int[] times;
    private final DataFields[] data;
    private final ReasonCache uncountedReasons = new ReasonCache();

    private RejectionReason reason = RejectionReason.MALFORMED_JSON;
    private int rejected = LocationTree.NOTHING;
    private byte[] user = UserKey.NONE;
    private int userField = LocationTree.NOTHING;
    private int name = LocationTree.NOTHING;
    private int timeField = LocationTree.NOTHING;
    private long time = EventReader.NO_TIME;
    private boolean hasReadableTime;
    private DataFields chosen;
    private EventPart uncountedPart = EventPart.TYPE;
    private int uncountedField = LocationTree.NOTHING;

    EventFields(EventFormat format, FieldNumbers numbers, FieldPositions positions) {
        this.format = format;
        this.positions = positions;
        countedTypes = new NameTable(format.filter().types());
        excludedEvents = new NameTable(format.filter().excludedEvents());
        untrackedSources = new NameTable(format.filter().untrackedSources());
        zone = format.timeZone().map(ZoneId::getRules);
        users = numbers.users();
        types = numbers.of(EventField.TYPE);
        names = numbers.of(EventField.NAME);
        times = numbers.of(EventField.TIME);
        data = numbers.data();
        chosen = data[0];
    }

    /** Interprets the recorded positions of an event. */
    Verdict interpret() {
        name = firstNotEmpty(names);
        userField = firstNotEmpty(users);
        user = positions.isString(userField) || positions.isNumber(userField)
                ? positions.text(userField)
                : UserKey.NONE;
        chosen = chosenData();
        readTime();
        if (positions.isOneOf(excludedEvents, name)) {
            return uncounted(EventPart.NAME, name);
        }
        int type = first(types);
        if (type != LocationTree.NOTHING && countedTypes.size() > 0 && !positions.isOneOf(countedTypes, type)) {
            return uncounted(EventPart.TYPE, type);
        }
        int source = first(chosen.sources());
        return positions.isOneOf(untrackedSources, source) ? uncounted(EventPart.SOURCE, source) : classify();
    }

    private Verdict uncounted(EventPart part, int field) {
        uncountedPart = part;
        uncountedField = field;
        return part == EventPart.NAME ? Verdict.EXCLUDED : Verdict.UNTRACKED;
    }

    /** The first location that is present and not null, or {@link LocationTree#NOTHING}. */
    private int first(int[] fields) {
        for (int field : fields) {
            if (!positions.isAbsentOrNull(field)) {
                return field;
            }
        }
        return LocationTree.NOTHING;
    }

    private int firstNotEmpty(int[] fields) {
        for (int field : fields) {
            if (!positions.isAbsentOrNull(field) && !positions.isEmptyString(field)) {
                return field;
            }
        }
        return LocationTree.NOTHING;
    }

    private DataFields chosenData() {
        for (DataFields each : data) {
            if (!positions.isAbsentOrNull(each.number())) {
                return each;
            }
        }
        return data[0];
    }

    private void readTime() {
        timeField = first(times);
        hasReadableTime = true;
        time = EventReader.NO_TIME;
        if (timeField == LocationTree.NOTHING) {
            return;
        }
        long read = EventTime.INVALID;
        if (positions.isNumber(timeField)) {
            read = EventTime.ofNumber(positions.bytes(), positions.from(timeField), positions.to(timeField));
        } else if (positions.isEscaped(timeField)) {
            byte[] text = positions.text(timeField);
            read = EventTime.ofText(text, 0, text.length, zone);
        } else if (positions.isString(timeField)) {
            read = EventTime.ofText(
                    positions.bytes(timeField), positions.from(timeField) + 1, positions.to(timeField) - 1, zone);
        }
        hasReadableTime = read != EventTime.INVALID;
        time = hasReadableTime ? read : EventReader.NO_TIME;
    }

    /** The text of a field that is a string, or a number as written; empty if it is neither. */
    Optional<byte[]> text(EventField field) {
        int number =
                switch (field) {
                    case USER -> userField;
                    case TYPE -> first(types);
                    case NAME -> name;
                    case TIME -> timeField;
                    case DATA -> chosen.number();
                    case SOURCE -> first(chosen.sources());
                };
        return positions.isString(number) || positions.isNumber(number)
                ? Optional.of(positions.text(number))
                : Optional.empty();
    }

    private Verdict classify() {
        if (users.length > 0 && user.length == 0) {
            return reject(RejectionReason.NO_USER, userField == LocationTree.NOTHING ? firstPresent(users) : userField);
        }
        if (!positions.isString(name)) {
            return reject(RejectionReason.NO_EVENT_NAME, name == LocationTree.NOTHING ? firstPresent(names) : name);
        }
        if (!hasReadableTime) {
            return reject(RejectionReason.BAD_TIMESTAMP, timeField);
        }
        int noObject = noObject();
        return noObject == LocationTree.NOTHING ? Verdict.COUNTS : reject(RejectionReason.BAD_EVENT_DATA, noObject);
    }

    private int firstPresent(int[] fields) {
        for (int field : fields) {
            if (positions.isPresent(field)) {
                return field;
            }
        }
        return LocationTree.NOTHING;
    }

    /**
     * The field that must be an object and is not: the data, if it contains a location, or a parent of the session id.
     */
    private int noObject() {
        if (chosen.hasMembers() && isNoObject(chosen.number())) {
            return chosen.number();
        }
        int[] path = chosen.session();
        for (int i = 0; i < path.length - 1; i++) {
            if (isNoObject(path[i])) {
                return path[i];
            }
        }
        return LocationTree.NOTHING;
    }

    private boolean isNoObject(int field) {
        return !positions.isObject(field) && !positions.isAbsentOrNull(field);
    }

    private Verdict reject(RejectionReason rejectionReason, int field) {
        reason = rejectionReason;
        rejected = field;
        return Verdict.REJECTED;
    }

    /** The value is malformed: no other field of the event is known. */
    Verdict rejectMalformed() {
        user = UserKey.NONE;
        time = EventReader.NO_TIME;
        hasReadableTime = false;
        return reject(RejectionReason.MALFORMED_JSON, LocationTree.NOTHING);
    }

    /** The position of the stamp in an event that counts. */
    StampableEvent stampable() {
        int[] path = chosen.session();
        int parent = LocationTree.ROOT;
        for (int i = 0; i < path.length; i++) {
            int field = path[i];
            int missing = path.length - i;
            if (!positions.isPresent(field)) {
                return positions.isEmpty(parent)
                        ? inserting(Place.EMPTY_OBJECT, missing, positions.from(parent) + 1)
                        : inserting(Place.AFTER_PROPERTY, missing, positions.end(parent));
            }
            if (missing == 1) {
                return replacing(Place.STAMPED, 1, field);
            }
            if (positions.isNull(field)) {
                return replacing(Place.NULL_VALUE, missing - 1, field);
            }
            parent = field;
        }
        return inserting(Place.NOWHERE, 0, 0);
    }

    private StampableEvent inserting(Place place, int missing, int at) {
        return new StampableEvent(positions.bytes(), place, missing, at, at);
    }

    private StampableEvent replacing(Place place, int missing, int field) {
        return new StampableEvent(positions.bytes(), place, missing, positions.from(field), positions.to(field));
    }

    long time() {
        return time;
    }

    boolean hasReadableTime() {
        return hasReadableTime;
    }

    byte[] user() {
        return user;
    }

    RejectionReason reason() {
        return reason;
    }

    /** The reason why an uncounted event does not count. */
    UncountedReason uncountedReason() {
        return uncountedReasons.of(uncountedPart, positions, uncountedField);
    }

    /** The detail of a rejection for one of the fields. */
    String detail() {
        return switch (reason) {
            case NO_USER -> detail(EventField.USER, "must be a string that is not empty or a number");
            case NO_EVENT_NAME -> detail(EventField.NAME, "must be a string that is not empty");
            case BAD_TIMESTAMP ->
                detail(EventField.TIME, "must be epoch seconds, or an RFC 3339 time, up to the year 9999");
            case BAD_EVENT_DATA ->
                rejected == chosen.number()
                        ? detail(EventField.DATA, "must be an object or null")
                        : detail(sessionParent(), "must be an object or null");
            case MALFORMED_JSON, FUTURE_TIMESTAMP, TOO_LARGE ->
                throw new IllegalStateException("reason: not of a field: " + reason);
        };
    }

    private String sessionParent() {
        List<String> path =
                format.sessionPath(format.dataPaths().get(Arrays.asList(data).indexOf(chosen)));
        int at = 0;
        while (chosen.session()[at] != rejected) {
            at++;
        }
        return new Location.PointerLocation(path.subList(0, at + 1)).toString();
    }

    private String detail(EventField field, String rule) {
        return detail(format.text(field), rule);
    }

    private String detail(String where, String rule) {
        return RejectionDetail.of(
                where, rule, positions.isPresent(rejected) ? positions.excerpt(rejected) : RejectionDetail.NONE);
    }
}
