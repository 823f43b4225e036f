package io.sessionizer.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.sessionizer.event.format.EventField;
import io.sessionizer.event.format.EventFormat;
import io.sessionizer.event.format.Location;
import io.sessionizer.session.SessionId;
import io.sessionizer.session.SessionIdForm;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A second implementation of the specification's rules, which is slow and uses a tree, for any format. Jackson's tree
 * keeps the last of two fields with the same name, as the specification requires. Leap seconds and offsets beyond 18
 * hours, which RFC 3339 allows, are not supported here, and are not generated.
 */
public final class EventOracle {
    private static final BigDecimal MAX_MS = new BigDecimal("253402300799999");
    private static final String NUMBER = "-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]{1,9})?";

    private static final Pattern DATE_TIME = Pattern.compile("(?<date>[0-9]{4}-[0-9]{2}-[0-9]{2})(?<separator>[T ])"
            + "(?<time>[0-9]{2}:[0-9]{2}:[0-9]{2})(?:\\.(?<fraction>[0-9]+))?(?<zone>Z|[+-][0-9]{2}:[0-9]{2}|)");

    private final EventFormat format;
    private final boolean userInPayload;
    private final JsonNode event;
    /** The headers and the key, by location as the configuration writes it: header:NAME, or key. */
    private final Map<String, byte[]> beside;

    public EventOracle(EventFormat format, boolean userInPayload, JsonNode event, Map<String, byte[]> beside) {
        this.format = format;
        this.userInPayload = userInPayload;
        this.event = event;
        this.beside = beside;
    }

    /** The event's data at the first of its locations; a missing node if there is none. */
    private List<String> dataPath() {
        return format.dataPaths().stream()
                .filter(path -> !isAbsent(at(path)))
                .findFirst()
                .orElse(format.dataPaths().get(0));
    }

    private JsonNode at(List<String> path) {
        JsonNode node = event;
        for (String name : path) {
            node = node.isObject() ? node.path(name) : MissingNode.getInstance();
        }
        return node;
    }

    private JsonNode at(Location location) {
        return location.path(dataPath())
                .map(this::at)
                .orElseGet(() -> Optional.ofNullable(beside.get(location.toString()))
                        .map(EventOracle::node)
                        .orElseGet(MissingNode::getInstance));
    }

    /** Bytes that are not UTF-8 are present, but not text. */
    private static JsonNode node(byte[] bytes) {
        try {
            return TextNode.valueOf(
                    UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException e) {
            return BinaryNode.valueOf(bytes);
        }
    }

    private JsonNode first(EventField field, boolean isEmptySkipped) {
        return format.of(field).stream()
                .map(this::at)
                .filter(node -> !isAbsent(node))
                .filter(node ->
                        !(isEmptySkipped && node.isTextual() && node.textValue().isEmpty()))
                .findFirst()
                .orElse(MissingNode.getInstance());
    }

    public String verdict() {
        JsonNode name = first(EventField.NAME, true);
        if (name.isTextual() && format.filter().excludedEvents().contains(name.textValue())) {
            return "EXCLUDED";
        }
        JsonNode type = first(EventField.TYPE, false);
        List<String> types = format.filter().types();
        boolean isOtherType =
                !types.isEmpty() && !isAbsent(type) && !(type.isTextual() && types.contains(type.textValue()));
        JsonNode source = first(EventField.SOURCE, false);
        if (isOtherType
                || source.isTextual() && format.filter().untrackedSources().contains(source.textValue())) {
            return "UNTRACKED";
        }
        if (userInPayload && user().isEmpty()) {
            return "NO_USER";
        }
        if (!name.isTextual()) {
            return "NO_EVENT_NAME";
        }
        JsonNode time = first(EventField.TIME, false);
        if (!isAbsent(time) && time().isEmpty()) {
            return "BAD_TIMESTAMP";
        }
        return hasObjects() ? "COUNTS" : "BAD_EVENT_DATA";
    }

    /** Whether the data, if a location is in it, and all parents of the session id are objects, null or absent. */
    private boolean hasObjects() {
        List<String> data = dataPath();
        if (isLocationIn(data) && !isObjectOrAbsent(data)) {
            return false;
        }
        List<String> path = format.sessionPath(data);
        for (int i = 1; i < path.size(); i++) {
            if (!isObjectOrAbsent(path.subList(0, i))) {
                return false;
            }
        }
        return true;
    }

    private boolean isObjectOrAbsent(List<String> path) {
        return isAbsent(at(path)) || at(path).isObject();
    }

    private boolean isLocationIn(List<String> data) {
        for (EventField field : EventField.values()) {
            for (Location location :
                    field == EventField.USER && !userInPayload ? List.<Location>of() : format.of(field)) {
                for (List<String> any : format.dataPaths()) {
                    if (location.path(any).filter(path -> isBelow(path, data)).isPresent()) {
                        return true;
                    }
                }
            }
        }
        return format.dataPaths().stream().anyMatch(any -> isBelow(format.sessionPath(any), data));
    }

    private static boolean isBelow(List<String> path, List<String> object) {
        return path.size() > object.size() && path.subList(0, object.size()).equals(object);
    }

    /** The user as text; a number is written as by BigDecimal, since the tree does not keep its spelling. */
    public Optional<String> user() {
        JsonNode user = first(EventField.USER, true);
        if (user.isNumber()) {
            return Optional.of(user.asText());
        }
        return Optional.of(user)
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .filter(EventOracle::isUnicode);
    }

    public Optional<Long> time() {
        JsonNode time = first(EventField.TIME, false);
        if (time.isNumber()) {
            return ofNumber(time.decimalValue());
        }
        if (!time.isTextual()) {
            return Optional.empty();
        }
        String text = time.textValue().toUpperCase(Locale.ROOT);
        if (time.textValue().matches(NUMBER)) {
            return ofNumber(new BigDecimal(text));
        }
        Matcher parts = DATE_TIME.matcher(text);
        return parts.matches()
                ? ofDateTime(parts).filter(ms -> ms >= 0 && ms <= MAX_MS.longValueExact())
                : Optional.empty();
    }

    private Optional<Long> ofDateTime(Matcher parts) {
        String fraction = parts.group("fraction") == null ? "" : parts.group("fraction");
        String millis = (fraction + "000").substring(0, 3);
        String zone = parts.group("zone");
        try {
            LocalDateTime local = LocalDateTime.parse(parts.group("date") + "T" + parts.group("time") + "." + millis);
            if (zone.isEmpty()) {
                return format.timeZone()
                        .map(assumed -> local.atZone(assumed).toInstant().toEpochMilli());
            }
            return Optional.of(zone)
                    .filter(any -> parts.group("separator").equals("T"))
                    .map(offset -> local.toInstant(ZoneOffset.of(offset)).toEpochMilli());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Long> ofNumber(BigDecimal number) {
        int shift = isFrom(number, 17) ? -6 : isFrom(number, 14) ? -3 : isFrom(number, 11) ? 0 : 3;
        return Optional.of(number)
                .filter(any -> any.signum() >= 0)
                .filter(any -> any.compareTo(new BigDecimal("1e30")) < 0)
                .map(any -> any.signum() == 0 || any.compareTo(new BigDecimal("1e-30")) < 0
                        ? BigDecimal.ZERO
                        : any.movePointRight(shift).setScale(0, RoundingMode.DOWN))
                .filter(ms -> ms.compareTo(MAX_MS) <= 0)
                .map(BigDecimal::longValueExact);
    }

    private static boolean isFrom(BigDecimal number, int powerOfTen) {
        return number.compareTo(BigDecimal.ONE.movePointRight(powerOfTen)) >= 0;
    }

    /** The event with the id; the event itself if the id is not written into the value. */
    public JsonNode stamped(SessionId id) {
        List<String> path = format.sessionPath(dataPath());
        if (path.isEmpty()) {
            return event;
        }
        ObjectNode stamped = event.deepCopy();
        ObjectNode parent = stamped;
        for (String name : path.subList(0, path.size() - 1)) {
            parent = parent.path(name).isObject() ? (ObjectNode) parent.path(name) : parent.putObject(name);
        }
        String last = path.get(path.size() - 1);
        if (id.form() == SessionIdForm.UUID) {
            parent.put(last, id.toString());
        } else {
            parent.put(last, Long.parseLong(id.toString()));
        }
        return stamped;
    }

    private static boolean isAbsent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    private static boolean isUnicode(String text) {
        return text.codePoints().noneMatch(point -> point >= 0xD800 && point <= 0xDFFF);
    }
}
