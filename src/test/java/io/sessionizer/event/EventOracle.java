package io.sessionizer.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The rules of the specification once more, slowly and over a tree, for the format with CleverTap's names. Jackson's tree
 * keeps the last of two fields of one name, as the specification wants it. Of RFC 3339, leap seconds and offsets beyond 18
 * hours are not known here, and are not generated.
 */
final class EventOracle {
    private static final BigDecimal MILLIS_FROM = new BigDecimal("100000000000");
    private static final BigDecimal MAX_MS = new BigDecimal("253402300799999");
    private static final Set<String> EXCLUDED = Set.of(
            "App Installed",
            "App Uninstalled",
            "Notification Sent",
            "Notification Clicked",
            "UTM Visited",
            "Identity Set",
            "Identity Reset",
            "Identity Error",
            "Session Concluded");

    private EventOracle() {}

    static String verdict(JsonNode event, boolean userInPayload) {
        JsonNode type = event.path("type");
        boolean isOtherType =
                !isAbsent(type) && !(type.isTextual() && type.textValue().equals("event"));
        String name = event.path("evtName").asText("");
        boolean hasName = event.path("evtName").isTextual() && !name.isEmpty();
        JsonNode data = event.path("evtData");
        JsonNode source = data.path("CT Source");
        if (hasName && EXCLUDED.contains(name)) {
            return "EXCLUDED";
        }
        if (isOtherType || source.isTextual() && source.textValue().equals("API")) {
            return "UNTRACKED";
        }
        if (userInPayload && user(event).isEmpty()) {
            return "NO_USER";
        }
        if (!hasName) {
            return "NO_EVENT_NAME";
        }
        if (!isAbsent(event.path("ts")) && time(event.path("ts")).isEmpty()) {
            return "BAD_TIMESTAMP";
        }
        return isAbsent(data) || data.isObject() ? "COUNTS" : "BAD_EVENT_DATA";
    }

    /** The user as text; a number has the spelling that a BigDecimal has, which the tree knows and no other. */
    static Optional<String> user(JsonNode event) {
        for (String field : List.of("identity", "objectId")) {
            JsonNode user = event.path(field);
            if (isAbsent(user) || user.isTextual() && user.textValue().isEmpty()) {
                continue;
            }
            if (user.isNumber()) {
                return Optional.of(user.asText());
            }
            return Optional.of(user)
                    .filter(JsonNode::isTextual)
                    .map(JsonNode::textValue)
                    .filter(EventOracle::isUnicode);
        }
        return Optional.empty();
    }

    static Optional<Long> time(JsonNode ts) {
        if (ts.isNumber()) {
            BigDecimal number = ts.decimalValue();
            BigDecimal ms = number.compareTo(MILLIS_FROM) >= 0 ? number : number.movePointRight(3);
            return Optional.of(ms)
                    .filter(time -> time.signum() >= 0)
                    .map(time -> time.setScale(0, RoundingMode.DOWN))
                    .filter(time -> time.compareTo(MAX_MS) <= 0)
                    .map(BigDecimal::longValueExact);
        }
        try {
            return Optional.of(ts.asText())
                    .filter(text -> ts.isTextual())
                    .map(text -> OffsetDateTime.parse(text.toUpperCase(Locale.ROOT)))
                    .map(time -> time.toInstant().toEpochMilli());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static boolean isAbsent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    private static boolean isUnicode(String text) {
        return text.codePoints().noneMatch(point -> point >= 0xD800 && point <= 0xDFFF);
    }
}
