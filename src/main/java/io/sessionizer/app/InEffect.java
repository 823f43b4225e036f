package io.sessionizer.app;

import io.sessionizer.app.Given.Entry;
import io.sessionizer.board.Service.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The settings in effect and where each is from, to be shown to anybody: of a secret only that there is one. */
final class InEffect {
    private static final String MASK = "********";
    private static final String DEFAULT = "default";

    private InEffect() {}

    /** All keys of the service in their order, then Kafka's own that were given. */
    static List<Setting> settings(Given given) {
        List<Setting> settings = new ArrayList<>();
        for (Key key : Key.values()) {
            String origin = Optional.ofNullable(given.entries().get(key.text()))
                    .map(InEffect::origin)
                    .orElse(DEFAULT);
            settings.add(new Setting(
                    key.section().title(), key.text(), masked(key.text(), given.text(key)), origin, key.doc()));
        }
        given.entries().forEach((name, entry) -> {
            if (Key.find(name).isEmpty()) {
                settings.add(new Setting(
                        "Kafka's own", name, masked(name, entry.value()), origin(entry), "passed through to Kafka"));
            }
        });
        return List.copyOf(settings);
    }

    private static String origin(Entry entry) {
        return entry.writtenAs().startsWith(Environment.PREFIX) ? "environment" : "file";
    }

    private static String masked(String name, String value) {
        return value.isEmpty() || !Problem.isSecret(name) ? value : MASK;
    }
}
