package io.sessionizer.app.config;

import io.sessionizer.kafka.config.SessionizerSettings;
import io.sessionizer.kafka.config.TopicRole;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The reference of all settings, for the help and docs/configuration.md. */
public final class ConfigReference {
    private static final String USAGE = """
            Turns a stream of user events into sessions, with Kafka Streams.

            Usage:
              java -jar sessionizer.jar run [--config FILE]   runs the service until SIGTERM or Ctrl-C
                  [--accept-positions]                        continues from the committed positions, if the service
                                                              has stopped because they do not agree with its state
              java -jar sessionizer.jar check [--config FILE] checks the settings; starts nothing
                  [--connect]                                 checks the brokers as a start would; changes nothing
                  [--events FILE]                             shows what would happen to each line of FILE, an event's
                                                              value; - is standard input
                  [--json]                                    shows each line's result as a JSON object
              java -jar sessionizer.jar --help                prints this
              java -jar sessionizer.jar --version             prints the version

            Exit codes: 0 stopped on request, 1 could not start, stopped or gave up, 2 wrong arguments or settings.
            For check: 0 no problem, 1 a start would fail or a line is a dead letter, 2 also if FILE cannot be read.

            Settings are in FILE, a properties file in UTF-8, or in the environment, which overrides the file:
            SESSIONIZER_ and the key in capitals with _ for . and -, as in SESSIONIZER_BOOTSTRAP_SERVERS.
            In a list, a name that contains a comma is enclosed in double quotes.
            """;
    private static final String PASS_THROUGH = """

            Settings of Kafka's clients and Kafka Streams pass through, with their prefixes too: consumer.
            main.consumer. restore.consumer. global.consumer. producer. admin. and topic. (the internal topics).""";

    private ConfigReference() {}

    public static String help() {
        return Arrays.stream(ConfigSection.values())
                .map(section -> "\n" + section.title() + ":\n"
                        + keys(section).stream().map(ConfigReference::entry).collect(Collectors.joining()))
                .collect(Collectors.joining("", USAGE, PASS_THROUGH));
    }

    private static String entry(ConfigKey key) {
        String defaultValue = displayDefault(key).map(value -> " = " + value).orElse("");
        return "  " + key.key() + defaultValue + "\n      " + key.doc() + "\n      allowed: "
                + key.validator().allowed() + "\n";
    }

    /** A table for each section, as in docs/configuration.md. */
    static String tables() {
        return Arrays.stream(ConfigSection.values())
                .map(section -> "### " + section.title() + "\n\n" + table(section))
                .collect(Collectors.joining("\n\n"));
    }

    private static String table(ConfigSection section) {
        return keys(section).stream()
                .map(ConfigReference::row)
                .collect(Collectors.joining(
                        "\n", "| key | default | valid values | description |\n| --- | --- | --- | --- |\n", ""));
    }

    private static String row(ConfigKey key) {
        String defaultValue =
                displayDefault(key).map(value -> "`" + value + "`").orElse("");
        return "| `" + key.key() + "` | " + defaultValue + " | "
                + key.validator().allowed() + " | " + key.doc() + " |";
    }

    private static Optional<String> displayDefault(ConfigKey key) {
        return key.defaultValue().filter(value -> !value.isEmpty());
    }

    private static List<ConfigKey> keys(ConfigSection section) {
        return Arrays.stream(ConfigKey.values())
                .filter(key -> key.section() == section)
                .toList();
    }

    /** The most important settings, for the log; never a secret. */
    public static String summary(SessionizerSettings settings) {
        return "application.id=%s, bootstrap.servers=%s, %s=%s, state.dir=%s, processing.guarantee=%s"
                .formatted(
                        settings.runtime().kafka().get(ConfigKey.APPLICATION_ID.key()),
                        settings.runtime().kafka().get(ConfigKey.BOOTSTRAP_SERVERS.key()),
                        ConfigKey.EVENTS_TOPIC.key(),
                        settings.topics().name(TopicRole.EVENTS),
                        settings.runtime().kafka().get(ConfigKey.STATE_DIR.key()),
                        settings.runtime().kafka().get(ConfigKey.PROCESSING_GUARANTEE.key()));
    }
}
