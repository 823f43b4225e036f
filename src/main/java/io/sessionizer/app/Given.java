package io.sessionizer.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the user gave, the environment before the file, not yet judged.
 *
 * @param entries by key, sorted so that problems come in a steady order
 * @param problems keys that nobody knows, and what is wrong with the file itself
 */
record Given(Map<String, Entry> entries, List<Problem> problems) {
    /**
     * A value.
     *
     * @param writtenAs the key or the environment variable: what the operator has to look for
     * @param value trimmed
     */
    record Entry(String writtenAs, String value) {}

    static Given of(ConfigFile file, Map<String, String> environment) {
        Map<String, Entry> entries = new TreeMap<>();
        List<Problem> problems = new ArrayList<>(file.problems());
        file.values().forEach((key, value) -> {
            if (Key.find(key).isPresent() || KafkaKey.find(key).isPresent()) {
                entries.put(key, new Entry(key, value.trim()));
            } else {
                problems.add(Problem.unknown(key, value, knownKeys()));
            }
        });
        new TreeMap<>(environment).forEach((variable, value) -> {
            Optional<String> key = Environment.key(variable);
            if (key.isPresent()) {
                entries.put(key.get(), new Entry(variable, value.trim()));
            } else if (!Environment.isForeign(variable, value)) {
                problems.add(Problem.unknown(variable, value, Environment.known()));
            }
        });
        return new Given(entries, problems);
    }

    private static Set<String> knownKeys() {
        Set<String> known = new TreeSet<>(KafkaKey.known());
        for (Key key : Key.values()) {
            known.add(key.text());
        }
        return known;
    }

    /** As it was written, or the default; empty where it is required and missing. */
    String text(Key key) {
        Entry entry = entries.get(key.text());
        return entry == null ? key.byDefault().orElse("") : entry.value();
    }

    /** Only for a key that has been judged a number. */
    long number(Key key) {
        return Long.parseLong(text(key));
    }

    /** Where the operator finds a key: itself, or the variable that overrides it. */
    String writtenAs(Key key) {
        Entry entry = entries.get(key.text());
        return entry == null ? key.text() : entry.writtenAs();
    }

    /** Kafka's settings as given, and the service's defaults for some of them. */
    Map<String, String> kafka() {
        Map<String, String> kafka = new TreeMap<>();
        for (Key key : Key.values()) {
            if (key.isKafkas()) {
                kafka.put(key.text(), text(key));
            }
        }
        entries.forEach((key, entry) -> {
            if (Key.find(key).isEmpty()) {
                kafka.put(key, entry.value());
            }
        });
        return kafka;
    }
}
