package io.sessionizer.app.config;

import static io.sessionizer.app.config.SampleConfiguration.NO_ENVIRONMENT;
import static io.sessionizer.app.config.SampleConfiguration.with;

import io.sessionizer.app.config.Configuration.Invalid;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Each problem that a configuration is rejected for: the rules of the own keys, and their order. */
class ConfigurationErrorsTest {
    /** Tried with every key: for each rule some values that it accepts and some that it rejects. */
    private static final List<String> VALUES = List.of(
            "",
            " ",
            "x",
            " x ",
            "a b",
            "a,b",
            "a,a",
            "a,,b",
            "\"a",
            "\"a,b\",c",
            "..",
            "a/b",
            "ä",
            "a\nb",
            "-2",
            "-1",
            "0",
            "1",
            "1.5",
            "0x10",
            "10001",
            "32768",
            "65536",
            "1000001",
            "16777215",
            "31622400001",
            "9223372036854775807",
            "9223372036854775808",
            "99999999999999999999",
            "true",
            "TRUE",
            "KEY",
            "forward",
            "at_least_once",
            "exactly_once",
            "kafka",
            "kafka:0",
            "kafka:9092",
            "kafka:9092,",
            "PLAINTEXT://kafka:9092,[::1]:65536",
            "0.0.0.0",
            "::1",
            "Europe/Berlin",
            "Mars/Base",
            "+01:00",
            "a-token-of-16-ch",
            "x".repeat(151),
            "x".repeat(250));

    private final ErrorTranscript transcript = new ErrorTranscript();

    @Test
    void reportTheRuleOfEachOwnKey() throws IOException {
        for (ConfigKey key : ConfigKey.values()) {
            transcript.heading(key.key());
            for (String value : VALUES) {
                transcript.add(shown(value), Configuration.load(with(key.key(), value), NO_ENVIRONMENT));
            }
        }
        transcript.check("own-keys.txt");
    }

    private static String shown(String value) {
        String whole = value.length() < 100 ? value : value.charAt(0) + " times " + value.length();
        return "[" + whole.replace("\n", "\\n") + "]";
    }

    @Test
    void suggestTheNearestKey_whenAKeyIsMisspelt() throws IOException {
        for (String key : misspelt()) {
            transcript.add(key, Configuration.load(with(key, "x"), NO_ENVIRONMENT));
            String variable = EnvironmentVariables.variable(key);
            transcript.add(variable, Configuration.load(with(), Map.of(variable, "x")));
        }
        transcript.check("misspelt-keys.txt");
    }

    private static List<String> misspelt() {
        List<String> misspelt = new ArrayList<>();
        for (ConfigKey key : ConfigKey.values()) {
            String text = key.key();
            int middle = text.length() / 2;
            misspelt.add(text.substring(0, middle) + text.substring(middle + 1));
            misspelt.add(text.replace('.', '-'));
        }
        misspelt.addAll(List.of(
                "",
                " ",
                "x",
                "frobnicate",
                "Events.Topic",
                "sessionizer.events.topic",
                "topic",
                "gap",
                "num.strem.threads",
                "producer.linger",
                "consumer.isolation.levl",
                "main.consumer.max.poll.record",
                "topic.cleanup.polcy",
                "admin.retrys",
                "group.protocl",
                "ssl.key.pasword",
                "ssl.truststore.pasword",
                "sasl.jaas.confg",
                "producer.ssl.keystore.ky",
                "my.secret",
                "my\nkey",
                "config.providers.a.b",
                "x".repeat(200)));
        return misspelt;
    }

    /** Each two keys with the same value, which suits the names of topics and fields; only those that must differ. */
    @Test
    void reportKeysThatMustDiffer() throws IOException {
        for (ConfigKey first : ConfigKey.values()) {
            for (ConfigKey second : ConfigKey.values()) {
                Configuration loaded =
                        Configuration.load(with(first.key(), "same", second.key(), "same"), NO_ENVIRONMENT);
                if (first.compareTo(second) < 0
                        && loaded instanceof Invalid invalid
                        && invalid.problems().toString().contains("another")) {
                    transcript.add(first.key() + " as " + second.key(), loaded);
                }
            }
        }
        transcript.check("equal-values.txt");
    }

    @Test
    void areReportedAllTogether() throws IOException {
        Map<String, String> file = new TreeMap<>();
        Map<String, String> variables = new TreeMap<>();
        for (ConfigKey key : ConfigKey.values()) {
            file.put(key.key(), "a /,");
            file.put(key.key() + "s", "a /,");
            if (key.ordinal() % 3 == 0) {
                variables.put(EnvironmentVariables.variable(key.key()), "b /,");
            }
        }
        KafkaConfigKey.known().stream()
                .filter(key -> key.startsWith("producer."))
                .forEach(key -> file.put(key, "a /,"));
        variables.put("SESSIONIZER_LINGER_MSS", "c");
        transcript.add("all", Configuration.load(file, variables));
        transcript.check("all-at-once.txt");
    }
}
