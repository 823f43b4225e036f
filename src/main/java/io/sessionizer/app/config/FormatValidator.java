package io.sessionizer.app.config;

import io.sessionizer.event.format.EventField;
import io.sessionizer.event.format.EventFormat;
import io.sessionizer.event.format.SessionStamp;
import java.util.ArrayList;
import java.util.List;

/** Validates that the keys that describe events, whose values are valid one by one, are consistent. */
final class FormatValidator {
    private final RawConfig rawConfig;
    private final EventFormat format;
    private final List<ConfigProblem> problems = new ArrayList<>();

    private FormatValidator(RawConfig rawConfig) {
        this.rawConfig = rawConfig;
        this.format = rawConfig.eventFormat();
    }

    static List<ConfigProblem> problems(RawConfig rawConfig) {
        FormatValidator validator = new FormatValidator(rawConfig);
        validator.validateData();
        // a field at the location of the data would be reported again, as a parent of the session id
        if (validator.problems.isEmpty()) {
            validator.validateSession();
        }
        validator.validateHeaders();
        validator.validateForm();
        return validator.problems;
    }

    /** The data is an object, unlike all other fields. */
    private void validateData() {
        for (EventField field : List.of(EventField.USER, EventField.TYPE, EventField.NAME, EventField.TIME)) {
            if (paths(field).stream()
                    .anyMatch(path -> !path.isEmpty() && format.dataPaths().contains(path))) {
                add(ConfigKey.EVENT_DATA_FIELD, "must be another location than those of " + field.key());
            }
        }
    }

    /** The id replaces the value at its location, and the parents of the location are objects. */
    private void validateSession() {
        for (List<String> data : format.dataPaths()) {
            List<String> session = format.sessionPath(data);
            for (EventField field : EventField.values()) {
                boolean isLocation = field != EventField.DATA;
                if (!session.isEmpty()
                        && paths(field).stream()
                                .anyMatch(path -> isIn(path, session) || isLocation && isIn(session, path))) {
                    add(ConfigKey.EVENT_SESSION_FIELD, "must not overlap with the locations of " + field.key());
                    return;
                }
            }
        }
    }

    private List<List<String>> paths(EventField field) {
        return format.dataPaths().stream()
                .flatMap(data -> format.of(field).stream().flatMap(location -> location.path(data).stream()))
                .toList();
    }

    /** Whether the path refers to the object or to a member in it. */
    private static boolean isIn(List<String> path, List<String> object) {
        return path.size() >= object.size() && path.subList(0, object.size()).equals(object);
    }

    private void validateHeaders() {
        SessionStamp stamp = format.stamp();
        if (stamp.location().isEmpty() && !stamp.hasHeader()) {
            add(ConfigKey.EVENT_SESSION_FIELD, "must be set if event.session.header is empty");
        }
        if (stamp.hasHeader() && stamp.header().equals(stamp.startHeader())) {
            add(ConfigKey.EVENT_SESSION_START_HEADER, "must be another header than event.session.header");
        }
    }

    private void validateForm() {
        long minGapMs = format.stamp().form().minGapMs();
        if (rawConfig.number(ConfigKey.SESSION_INACTIVITY_GAP_MS) < minGapMs) {
            add(
                    ConfigKey.SESSION_INACTIVITY_GAP_MS,
                    "must be at least " + minGapMs + " with event.session.form="
                            + format.stamp().form().value());
        }
    }

    private void add(ConfigKey key, String rule) {
        problems.add(ConfigProblem.of(rawConfig.origin(key), rule, rawConfig.written(key)));
    }
}
