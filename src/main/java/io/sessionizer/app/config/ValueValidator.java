package io.sessionizer.app.config;

import io.sessionizer.event.format.EventField;
import io.sessionizer.event.format.NameList;
import io.sessionizer.event.format.NameList.InvalidNameList;
import io.sessionizer.event.format.SessionStamp;
import io.sessionizer.kafka.config.TopicRole;
import io.sessionizer.web.access.AccessToken;
import io.sessionizer.web.access.AddressRange;
import io.sessionizer.web.board.TimeZones;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.internals.Topic;

/**
 * Validates a key's value.
 *
 * @param allowed description of the allowed values, as it follows "must be"
 * @param accepts whether a value, trimmed, is one of them
 */
record ValueValidator(String allowed, Predicate<String> accepts) {
    private static final Pattern INTEGER = Pattern.compile("-?\\d{1,19}");
    private static final Pattern ADDRESS =
            Pattern.compile("(?:[A-Za-z_]+://)?(?:\\[[0-9a-fA-F:.%]+]|[0-9A-Za-z._%-]+):(\\d{1,5})");
    private static final Pattern HOST = Pattern.compile("[0-9A-Za-z._-]{1,253}|[0-9a-fA-F:.%]{2,60}");
    private static final Pattern HEADER = Pattern.compile("[0-9A-Za-z!#$%&'*+.^_`|~-]{1,100}");

    /**
     * Streams appends the names of stores and of its own topics, so this leaves room within the limit of 249
     * characters.
     */
    private static final int MAX_APPLICATION_ID_LENGTH = 150;

    private static final int MAX_RECORD_HEADER_LENGTH = 100;

    static ValueValidator range(long min, long max) {
        return new ValueValidator(min + " to " + max, value -> isWithin(value, min, max));
    }

    static ValueValidator atLeast(long min) {
        return new ValueValidator("at least " + min, value -> isWithin(value, min, Long.MAX_VALUE));
    }

    static ValueValidator unlimitedOr(long min, long max) {
        String upTo = max == Long.MAX_VALUE ? "at least " + min : min + " to " + max;
        return new ValueValidator("-1, or " + upTo, value -> value.equals("-1") || isWithin(value, min, max));
    }

    static ValueValidator oneOf(String... values) {
        return new ValueValidator(String.join(" or ", values), List.of(values)::contains);
    }

    static ValueValidator names() {
        return new ValueValidator("names separated by commas, or empty", ValueValidator::areNames);
    }

    static ValueValidator locations(EventField field) {
        String allowed =
                field == EventField.DATA ? "names or JSON Pointers" : "names, JSON Pointers, header:NAME or key";
        return new ValueValidator(
                allowed + ", separated by commas" + (field.isOptional() ? ", or empty" : ""),
                value -> field.parse(value).isPresent());
    }

    static ValueValidator sessionLocation() {
        return new ValueValidator(
                "a name or a JSON Pointer, or empty",
                value -> SessionStamp.parse(value).isPresent());
    }

    static ValueValidator recordHeader() {
        return new ValueValidator(
                "the name of a header, at most " + MAX_RECORD_HEADER_LENGTH + " characters, or empty",
                value -> value.length() <= MAX_RECORD_HEADER_LENGTH);
    }

    static ValueValidator optionalZone() {
        return new ValueValidator(
                "an IANA time zone such as Europe/Berlin, or empty",
                value -> value.isEmpty() || TimeZones.find(value).isPresent());
    }

    static ValueValidator topic(TopicRole role) {
        return new ValueValidator(
                (role.isOptional() ? "empty, or " : "")
                        + "a topic name of 1 to 249 characters from a-z A-Z 0-9 . _ -, but not . or ..",
                value -> isTopic(value) || role.isOptional() && value.isEmpty());
    }

    static ValueValidator applicationId() {
        return new ValueValidator(
                "1 to " + MAX_APPLICATION_ID_LENGTH + " characters from a-z A-Z 0-9 . _ -",
                value -> value.length() <= MAX_APPLICATION_ID_LENGTH && isTopic(value));
    }

    static ValueValidator path() {
        return new ValueValidator("the path of a directory, not empty", ValueValidator::isPath);
    }

    static ValueValidator addresses() {
        return new ValueValidator(
                "host:port, or several separated by commas",
                value -> List.of(value.split(",", -1)).stream().allMatch(ValueValidator::isAddress));
    }

    static ValueValidator host() {
        return new ValueValidator(
                "a host name or an IP address", value -> HOST.matcher(value).matches());
    }

    static ValueValidator hosts() {
        return new ValueValidator(
                "host names separated by commas, or empty",
                value -> areNames(value)
                        && NameList.split(value).stream()
                                .allMatch(name -> HOST.matcher(name).matches()));
    }

    static ValueValidator optionalPort() {
        return new ValueValidator("empty, or 0 to 65535", value -> value.isEmpty() || isWithin(value, 0, 65_535));
    }

    static ValueValidator addressRanges() {
        return new ValueValidator(
                "IP addresses, or ranges such as 10.0.0.0/8, separated by commas, or empty",
                value -> areNames(value)
                        && NameList.split(value).stream()
                                .allMatch(range -> AddressRange.parse(range).isPresent()));
    }

    static ValueValidator header() {
        return new ValueValidator(
                "the name of a header, or empty",
                value -> value.isEmpty() || HEADER.matcher(value).matches());
    }

    static ValueValidator token() {
        return new ValueValidator(
                "empty, or at least 16 visible ASCII characters",
                value -> value.isEmpty() || AccessToken.isValid(value));
    }

    static ValueValidator tokenFile() {
        return new ValueValidator(
                "empty, or a readable file with at least 16 visible ASCII characters",
                value -> value.isEmpty()
                        || isPath(value) && AccessToken.read(Path.of(value)).isPresent());
    }

    static ValueValidator zone() {
        return new ValueValidator(
                "an IANA time zone such as Europe/Berlin",
                value -> TimeZones.find(value).isPresent());
    }

    static ValueValidator address() {
        return new ValueValidator("host:port", ValueValidator::isAddress);
    }

    private static boolean isWithin(String value, long min, long max) {
        if (!INTEGER.matcher(value).matches()) {
            return false;
        }
        try {
            long number = Long.parseLong(value);
            return number >= min && number <= max;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static boolean areNames(String value) {
        try {
            NameList.split(value);
            return true;
        } catch (InvalidNameList e) {
            return false;
        }
    }

    private static boolean isTopic(String value) {
        try {
            Topic.validate(value);
            return true;
        } catch (InvalidTopicException e) {
            return false;
        }
    }

    private static boolean isPath(String value) {
        try {
            return !value.isEmpty() && !Path.of(value).toString().isEmpty();
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static boolean isAddress(String value) {
        var address = ADDRESS.matcher(value.trim());
        return address.matches() && isWithin(address.group(1), 1, 65_535);
    }
}
