package io.sessionizer.app.config;

import io.sessionizer.Golden;
import io.sessionizer.app.config.Configuration.Invalid;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every line that a configuration is refused with: each rule of each key, and in which order they come. */
class ConfigurationErrorsTest {
    private static final Map<String, String> NO_ENVIRONMENT = Map.of();

    /** Given to every key, so that each of its rules is met from both sides. */
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

    private static final Map<String, String> WRONG_FOR_KAFKA = Map.of("a word", "x", "nothing", "", "a number", "-7");

    @TempDir
    Path directory;

    private final StringBuilder told = new StringBuilder();

    @Test
    void tellTheRuleOfEachOwnKey() throws IOException {
        for (ConfigKey key : ConfigKey.values()) {
            told.append("# ").append(key.key()).append('\n');
            for (String value : VALUES) {
                told.append(shown(value)).append(" -> ");
                tell(Configuration.load(least(key.key(), value), NO_ENVIRONMENT));
            }
        }
        Golden.check("configuration/own-keys.txt", told.toString());
    }

    @Test
    void tellTheRuleOfEachOfKafkasKeys() throws IOException {
        for (String key : new TreeSet<>(KafkaConfigKey.known())) {
            told.append("# ").append(key).append('\n');
            new TreeMap<>(WRONG_FOR_KAFKA).forEach((kind, value) -> {
                told.append(kind).append(" -> ");
                tell(Configuration.load(least(key, value), NO_ENVIRONMENT));
            });
        }
        Golden.check("configuration/kafka-keys.txt", told.toString());
    }

    @Test
    void tellTheNearestOfAMisspeltKey() throws IOException {
        for (String key : misspelt()) {
            told.append(key).append(" -> ");
            tell(Configuration.load(least(key, "x"), NO_ENVIRONMENT));
            String variable = EnvironmentVariables.variable(key);
            told.append(variable).append(" -> ");
            tell(Configuration.load(least(), Map.of(variable, "x")));
        }
        Golden.check("configuration/misspelt-keys.txt", told.toString());
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

    @Test
    void tellWhatIsWrongWithVariables() throws IOException {
        for (ConfigKey key : ConfigKey.values()) {
            environment(Map.of(EnvironmentVariables.variable(key.key()), "a /,"));
        }
        for (String key : List.of("linger.ms", "producer.acks", "group.id", "topic.cleanup.policy", "ssl.protocol")) {
            environment(Map.of(EnvironmentVariables.variable(key), "a /,"));
        }
        environment(Map.of("SESSIONIZER_", "x"));
        environment(Map.of("SESSIONIZER_HTTP_PORT", "tcp://10.0.0.1:80"));
        environment(Map.of("SESSIONIZER_PORT", "tcp://10.0.0.1:80"));
        environment(Map.of("SESSIONIZER_PORT", "80"));
        environment(Map.of("SESSIONIZER_BOARD_PORT", "tcp://10.0.0.1:80"));
        environment(Map.of("SESSIONIZER_BOARD_PORT_80_TCP_ADDR", "10.0.0.1"));
        environment(Map.of("SESSIONIZER_SERVICE_HOST", "10.0.0.1", "SESSIONIZER_SERVICE_PORT_HTTP", "80"));
        environment(Map.of("SESSIONIZER_SERVICE_HOSTS", "10.0.0.1"));
        environment(Map.of("sessionizer_http_port", "x", "HTTP_PORT", "x", "SESSIONIZERS_HTTP_PORT", "x"));
        environment(Map.of("SESSIONIZER_EVENTS_TOPIC", "session-board"));
        environment(Map.of("SESSIONIZER_EVENT_TIME_FIELD", "evtName", "SESSIONIZER_EVENT_USER_FIELDS", "evtName"));
        environment(Map.of("SESSIONIZER_PRODUCER_ACKS", "1"));
        Golden.check("configuration/variables.txt", told.toString());
    }

    private void environment(Map<String, String> variables) {
        told.append(new TreeMap<>(variables)).append(" -> ");
        tell(Configuration.load(least("http.port", "x"), variables));
    }

    @Test
    void tellWhatIsWrongWithTheFile() throws IOException {
        file("twice", "events.topic=a\nhttp.token=hunter2\nevents.topic=b\nevents.topic=c\nhttp.token=hunter3\n");
        file("unknown twice", "a.b=1\na.b=2\n");
        file("marked", "\uFEFFbootstrap.servers=kafka\n");
        file("empty", "");
        file("bad escape", "bootstrap.servers=kafka:9092\nstate.dir=C:\\users\n");
        file("no value", "bootstrap.servers\nevents.topic\n");
        file("path", "state.dir=a\\u0000b\n");
        file("order", "z=1\nb=2\nhttp.port=z\na=3\napplication.id=\\ \n");
        Path latin = Files.write(directory.resolve("latin"), "events.topic=ä".getBytes(StandardCharsets.ISO_8859_1));
        read("not in UTF-8", latin);
        read("a directory", directory);
        read("not there", directory.resolve("none"));
        Golden.check("configuration/files.txt", told.toString());
    }

    private void file(String what, String text) throws IOException {
        read(what, Files.writeString(directory.resolve(what), text));
    }

    private void read(String what, Path path) {
        told.append(what).append(" -> ");
        tell(Configuration.load(ConfigFile.read(path), NO_ENVIRONMENT));
    }

    @Test
    void tellWhatDoesNotFitTogether() throws IOException {
        pairs();
        for (String guarantee : List.of("exactly_once_v2", "at_least_once")) {
            for (String[] given : new String[][] {
                {"isolation.level", "read_committed"},
                {"consumer.isolation.level", "read_uncommitted"},
                {"enable.idempotence", "true"},
                {"producer.enable.idempotence", "false"},
                {"acks", "1"},
                {"producer.acks", "1"},
                {"producer.acks", "all"},
                {"producer.retries", "0"},
                {"max.in.flight.requests.per.connection", "6"},
                {"producer.max.in.flight.requests.per.connection", "6"},
                {"producer.transaction.timeout.ms", "1"},
                {"transaction.timeout.ms", "1"},
                {"commit.interval.ms", "100000"},
                {"producer.delivery.timeout.ms", "1"},
                {"producer.linger.ms", "200000"},
                {"consumer.fetch.max.wait.ms", "90000"},
                {"session.timeout.ms", "1"},
                {"heartbeat.interval.ms", "100000"},
                {"group.protocol", "classic"},
                {"group.protocol", "streams"},
                {"consumer.group.protocol", "consumer"},
                {"num.standby.replicas", "-1"},
                {"num.standby.replicas", "1001"},
                {"num.stream.threads", "1001"},
                {"application.server", "here"},
                {"application.server", "here:80"},
                {"rack.aware.assignment.tags", "a,a"},
                {"security.protocol", "SASL_SSL"},
                {"producer.security.protocol", "telnet"},
                {"sasl.mechanism", ""},
                {"ssl.keystore.password", "${file:/none:a}"},
                {"linger.ms", "${file:/none:a}"},
                {"config.providers", "file"},
                {"config.providers.file.class", "no.such.Class"},
                {"config.providers.file.param.a", "b"},
                {"bootstrap.servers", "kafka:9092,kafka:9092"},
                {"consumer.bootstrap.servers", "kafka:9092"}
            }) {
                together("processing.guarantee", guarantee, given[0], given[1]);
            }
        }
        Golden.check("configuration/together.txt", told.toString());
    }

    /** Each two keys with the same value, which suits the names of topics and fields; only those that must differ. */
    private void pairs() {
        for (ConfigKey first : ConfigKey.values()) {
            for (ConfigKey second : ConfigKey.values()) {
                Map<String, String> file = least(first.key(), "same", second.key(), "same");
                if (first.compareTo(second) < 0
                        && Configuration.load(file, NO_ENVIRONMENT) instanceof Invalid invalid
                        && invalid.problems().toString().contains("another")) {
                    told.append(first.key()).append(" as ").append(second.key()).append(" -> ");
                    tell(invalid);
                }
            }
        }
    }

    private void together(String... pairs) {
        Map<String, String> file = least(pairs);
        told.append(String.join(" ", pairs)).append(" -> ");
        tell(Configuration.load(file, NO_ENVIRONMENT));
    }

    @Test
    void areToldAllAtOnce() throws IOException {
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
        tell(Configuration.load(file, variables));
        Golden.check("configuration/all-at-once.txt", told.toString());
    }

    private static Map<String, String> least(String... pairs) {
        Map<String, String> file = new LinkedHashMap<>(Map.of("bootstrap.servers", "kafka:9092"));
        for (int i = 0; i < pairs.length; i += 2) {
            file.put(pairs[i], pairs[i + 1]);
        }
        return file;
    }

    /** A single line follows on what was given, more of them stand below it. */
    private void tell(Configuration configuration) {
        List<String> lines = configuration instanceof Invalid invalid ? invalid.problems() : List.of("accepted");
        String before = lines.size() == 1 ? "" : "\n    ";
        for (String line : lines) {
            told.append(before).append(line.replace(directory.toString(), "DIRECTORY"));
        }
        told.append('\n');
    }

    private static String shown(String value) {
        String whole = value.length() < 100 ? value : value.charAt(0) + " times " + value.length();
        return "[" + whole.replace("\n", "\\n") + "]";
    }
}
