package io.sessionizer.event.format;

import io.sessionizer.session.SessionIdForm;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/**
 * The formats that {@code event.format} names. Each has a resource with its name. The resource contains the defaults of
 * the configuration keys that describe events; defaults that most formats share are in the resource {@code neutral}.
 * The keys that begin with {@code concluded.} describe the members that the format's own specification requires in
 * Session Concluded.
 */
public enum FormatPreset {
    CLEVERTAP,
    SEGMENT,
    RUDDERSTACK,
    JITSU,
    AMPLITUDE,
    MIXPANEL,
    POSTHOG,
    SNOWPLOW_JSON,
    CLOUDEVENTS,
    CLOUDEVENTS_BINARY;

    private final Map<String, String> defaults;

    FormatPreset() {
        Map<String, String> all = resource("neutral");
        all.putAll(resource(value()));
        defaults = Map.copyOf(all);
    }

    private static Map<String, String> resource(String name) {
        Properties properties = new Properties();
        try (Reader in = new InputStreamReader(
                FormatPreset.class.getResourceAsStream(name + ".properties"), StandardCharsets.UTF_8)) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
        Map<String, String> values = new HashMap<>();
        properties.forEach((key, value) -> values.put((String) key, (String) value));
        return values;
    }

    /** Its name in a configuration. */
    public String value() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<FormatPreset> find(String value) {
        return Arrays.stream(values())
                .filter(preset -> preset.value().equals(value))
                .findFirst();
    }

    /** The default of a configuration key; empty if the format has none. */
    public Optional<String> defaultOf(String key) {
        return Optional.ofNullable(defaults.get(key));
    }

    /** The format with only its defaults. */
    public EventFormat format() {
        return format(Map.of());
    }

    /**
     * The format with the changes of a configuration.
     *
     * @param overrides valid values by key; they replace the defaults
     */
    public EventFormat format(Map<String, String> overrides) {
        Map<String, String> values = new HashMap<>(defaults);
        values.putAll(overrides);
        Map<EventField, List<Location>> locations = new EnumMap<>(EventField.class);
        for (EventField field : EventField.values()) {
            locations.put(field, field.parse(values.get(field.key())).orElseThrow());
        }
        return new EventFormat(
                locations,
                new EventFilter(
                        NameList.split(values.get("event.types")),
                        names(values, "excluded.events"),
                        names(values, "untracked.sources")),
                Optional.of(values.get("event.time.zone"))
                        .filter(zone -> !zone.isEmpty())
                        .map(ZoneId::of),
                stamp(values),
                concluded(values));
    }

    private static Set<String> names(Map<String, String> values, String key) {
        return Set.copyOf(NameList.split(values.get(key)));
    }

    private static SessionStamp stamp(Map<String, String> values) {
        return new SessionStamp(
                SessionStamp.parse(values.get(SessionStamp.KEY)).orElseThrow(),
                SessionIdForm.find(values.get("event.session.form")).orElseThrow(),
                values.get("event.session.header"),
                values.get("event.session.start.header"));
    }

    private static ConcludedShape concluded(Map<String, String> values) {
        Map<Location, String> constants = new LinkedHashMap<>();
        for (String constant : NameList.split(values.get("concluded.constants"))) {
            int equals = constant.indexOf('=');
            constants.put(location(constant.substring(0, equals)), constant.substring(equals + 1));
        }
        return new ConcludedShape(
                ConcludedShape.TimeForm.valueOf(values.get("concluded.time")),
                locations(values.get("concluded.times")),
                locations(values.get("concluded.ids")),
                constants);
    }

    private static List<Location> locations(String value) {
        List<Location> locations = new ArrayList<>();
        NameList.split(value).forEach(name -> locations.add(location(name)));
        return locations;
    }

    private static Location location(String text) {
        return Location.parse(text, false).orElseThrow();
    }
}
