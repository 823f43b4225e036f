package io.sessionizer.app.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.app.config.Configuration.Invalid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a configuration is refused for, and in which words. */
class ConfigProblemTest {
    private static final Map<String, String> NO_ENVIRONMENT = Map.of();
    private static final Map<String, String> LEAST = Map.of("bootstrap.servers", "kafka:9092");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bootstrap.servers | kafka | must be host:port, or several separated by commas",
                "bootstrap.servers | kafka:0 | must be host:port, or several separated by commas",
                "application.id | a b | must be 1 to 150 characters from a-z A-Z 0-9 . _ -",
                "state.dir | '' | must be the path of a directory, not empty",
                "processing.guarantee | exactly_once | must be exactly_once_v2 or at_least_once",
                "session.inactivity.gap.ms | 0 | must be 1 to 31622400000",
                "session.inactivity.gap.ms | 20min | must be 1 to 31622400000",
                "session.retention.ms | -1 | must be 0 to 3155760000000",
                "session.retention.ms | 3155760000001 | must be 0 to 3155760000000",
                "session.max.per.user | 0 | must be 1 to 10000",
                "idle.after.ms | 0 | must be 1 to 31622400000",
                "event.max.future.ms | 9999999999999999999 | must be 0 to 31622400000",
                "user.from | KEY | must be key or payload",
                "event.format | Segment | must be clevertap or segment or rudderstack or jitsu or amplitude or mixpanel"
                        + " or posthog or snowplow-json or cloudevents or cloudevents-binary",
                "event.user.fields | '' | must be names, JSON Pointers, header:NAME or key, separated by commas",
                "event.name.field | a,,b | must be names, JSON Pointers, header:NAME or key, separated by commas",
                "event.time.field | /a~2 | must be names, JSON Pointers, header:NAME or key, separated by commas",
                "event.type.field | header: | must be names, JSON Pointers, header:NAME or key, separated by commas,"
                        + " or empty",
                "event.data.field | key | must be names or JSON Pointers, separated by commas, or empty",
                "event.session.field | header:x | must be a name or a JSON Pointer, or empty",
                "event.session.field | CT Source | must not overlap with the locations of event.source.field",
                "event.session.field | /evtData | must not overlap with the locations of event.data.field",
                "event.session.field | /ts/session | must not overlap with the locations of event.time.field",
                "event.session.field | '' | must be set if event.session.header is empty",
                "event.data.field | a,ts | must be another location than those of event.time.field",
                "event.time.zone | Mars | must be an IANA time zone such as Europe/Berlin, or empty",
                "event.session.form | guid | must be uuid or epoch.seconds or epoch.millis",
                "erasure | no | must be on or off",
                "event.key.prefix | yes | must be true or false",
                "excluded.events | a,,b | must be names separated by commas, or empty",
                "untracked.sources | '\"a' | must be names separated by commas, or empty",
                "events.uncounted | keep | must be drop or forward",
                "events.topic | a/b | must be a topic name of 1 to 249 characters from a-z A-Z 0-9 . _ -, but not . or ..",
                "enriched.topic | events | must be another topic than events.topic",
                "topics.create | yes | must be true or false",
                "topics.retention.ms | 0 | must be -1, or at least 1",
                "topics.replication.factor | 32768 | must be -1, or 1 to 32767",
                "http.host | a b | must be a host name or an IP address",
                "http.port | 65536 | must be 0 to 65535",
                "http.health.port | x | must be empty, or 0 to 65535",
                "http.health.port | 8080 | must be another port than http.port",
                "http.names | 'a b' | must be host names separated by commas, or empty",
                "http.reads | all | must be open or token or proxy",
                "http.reads | token | must be another without http.token or http.token.file",
                "http.proxy.addresses | proxy.example | must be IP addresses, or ranges such as 10.0.0.0/8, separated by commas, or empty",
                "http.proxy.addresses | 10.0.0.0/33 | must be IP addresses, or ranges such as 10.0.0.0/8, separated by commas, or empty",
                "http.proxy.user.header | 'a b' | must be the name of a header, or empty",
                "linger.ms | '${vault:a:b}' | must name a config provider, file, env, dir or one of config.providers",
                "http.port | '${env:NONE}' | must refer to a value of the config provider",
                "http.port | '${file:/none:a}' | must refer to a value that the config provider can read",
                "board.time.zone | Mars/Base | must be an IANA time zone such as Europe/Berlin",
                "board.time.zone | +01:00 | must be an IANA time zone such as Europe/Berlin",
                "application.server | here | must be host:port",
                "startup.timeout.ms | 0 | must be 1 to 31622400000",
                "thread.max.replacements | -1 | must be 0 to 1000000",
                "state.memory.bytes | 1 | must be at least 16777216",
                "num.stream.threads | 0 | must be 1 to 1000",
                "linger.ms | soon | not a number of type LONG",
                "producer.acks | 9 | string must be one of: all, -1, 0, 1",
                "consumer.max.poll.records | 0 | value must be at least 1",
                "commit.interval.ms | -5 | value must be at least 0",
                "producer.max.in.flight.requests.per.connection | 9 | can't exceed 5 when exactly-once",
            })
    void rejectsABadValueInOneLine(String key, String value, String rule) {
        List<String> lines = lines(with(key, value), NO_ENVIRONMENT);

        assertEquals(1, lines.size(), lines::toString);
        assertTrue(lines.get(0).startsWith(key + ": " + rule), lines::toString);
        assertTrue(lines.get(0).endsWith(". Found: " + (value.isEmpty() ? "nothing" : value)), lines::toString);
    }

    @Test
    void rejectsAGuessableToken_andHidesIt() {
        for (String token : new String[] {"hunter2", "hunter2 hunter2 hunter2", "hunter2hunter2hünter2"}) {
            assertEquals(
                    List.of("http.token: must be empty, or at least 16 visible ASCII characters. Found: [hidden]"),
                    lines(with("http.token", token), NO_ENVIRONMENT));
        }
    }

    @Test
    void needsTheProxysAddressesAndHeader_whereItSignsUsersOn() {
        assertEquals(
                List.of(
                        "http.proxy.addresses: must be set with http.reads=proxy. Found: nothing",
                        "http.proxy.user.header: must be set with http.reads=proxy. Found: nothing"),
                lines(with("http.reads", "proxy"), NO_ENVIRONMENT));
    }

    @Test
    void rejectsATokenFileThatHasNone_andATokenBesideIt(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("token");
        String rule =
                "http.token.file: must be empty, or a readable file with at least 16 visible ASCII characters. Found:"
                        + " [hidden]";
        assertEquals(List.of(rule), lines(with("http.token.file", file.toString()), NO_ENVIRONMENT));
        Files.writeString(file, "short");
        assertEquals(List.of(rule), lines(with("http.token.file", file.toString()), NO_ENVIRONMENT));
        Files.writeString(file, "long-enough-for-a-token");
        assertEquals(
                List.of("http.token.file: must be empty where http.token is set. Found: [hidden]"),
                lines(
                        with("http.token.file", file.toString(), "http.token", "long-enough-for-a-token"),
                        NO_ENVIRONMENT));
    }

    @Test
    void rejectsFieldsThatAreTheSame() {
        assertEquals(
                List.of("event.data.field: must be another location than those of event.name.field. Found: evtData"),
                lines(with("event.name.field", "evtData"), NO_ENVIRONMENT));
        assertEquals(
                List.of("event.session.start.header: must be another header than event.session.header. Found: id"),
                lines(with("event.session.header", "id", "event.session.start.header", "id"), NO_ENVIRONMENT));
    }

    @Test
    void rejectsAGapThatIsShorterThanTheUnitOfTheIds() {
        assertEquals(
                List.of("session.inactivity.gap.ms: must be at least 1000 with event.session.form=epoch.seconds."
                        + " Found: 999"),
                lines(with("event.session.form", "epoch.seconds", "session.inactivity.gap.ms", "999"), NO_ENVIRONMENT));
        assertInstanceOf(
                Configuration.Valid.class,
                Configuration.load(
                        with("event.session.form", "epoch.millis", "session.inactivity.gap.ms", "1"), NO_ENVIRONMENT));
    }

    @Test
    void rejectsCombinationsThatKafkaRejects() {
        assertEquals(
                List.of("Kafka's settings: must set acks to all in order to use the idempotent producer. Otherwise we"
                        + " cannot guarantee idempotence. Found: a combination that Kafka rejects"),
                lines(with("producer.acks", "1"), NO_ENVIRONMENT));
    }

    @ParameterizedTest
    @CsvSource({
        "default.key.serde",
        "default.timestamp.extractor",
        "enable.auto.commit",
        "isolation.level",
        "consumer.isolation.level",
        "producer.enable.idempotence",
        "key.serializer",
        "main.consumer.value.deserializer",
        "rocksdb.config.setter",
        "production.exception.handler",
        "deserialization.exception.handler",
        "processing.exception.handler",
        "topology.optimization",
        "processor.wrapper.class",
        "ensure.explicit.internal.resource.naming",
        "transactional.id",
        "partitioner.class",
        "group.id",
        "consumer.bootstrap.servers",
        "topic.cleanup.policy",
        "errors.dead.letter.queue.topic.name"
    })
    void rejectsReservedKafkaKeys(String key) {
        List<String> lines = lines(with(key, "x"), NO_ENVIRONMENT);

        assertEquals(1, lines.size(), lines::toString);
        assertTrue(lines.get(0).matches(key + ": is .*\\. Found: x"), lines::toString);
    }

    @Test
    void rejectsTransactionalStateStores() {
        assertEquals(
                List.of(
                        "enable.transactional.statestores: must be false, else a last commit that fails leaves its state"
                                + " behind, to be counted twice. Found: true"),
                lines(with("enable.transactional.statestores", "true"), NO_ENVIRONMENT));
        assertInstanceOf(
                Configuration.Valid.class,
                Configuration.load(with("enable.transactional.statestores", "false"), NO_ENVIRONMENT));
    }

    @Test
    void reportsAllProblemsTogether() {
        Map<String, String> file =
                Map.of("sesion.retention.ms", "5", "user.from", "header", "linger.ms", "x", "group.id", "g");
        Map<String, String> environment =
                Map.of("SESSIONIZER_IDLE_AFTER_MS", "x", "SESSIONIZER_NUM_STREM_THREADS", "2");

        assertEquals(
                List.of(
                        "sesion.retention.ms: is not a setting, the nearest is session.retention.ms. Found: [hidden]",
                        "SESSIONIZER_NUM_STREM_THREADS: is not a setting, the nearest is"
                                + " SESSIONIZER_NUM_STREAM_THREADS. Found: [hidden]",
                        "bootstrap.servers: is required, as host:port, or several separated by commas."
                                + " Found: nothing",
                        "user.from: must be key or payload. Found: header",
                        "SESSIONIZER_IDLE_AFTER_MS: must be 1 to 31622400000. Found: x",
                        "group.id: is the service's own, the group is application.id. Found: g",
                        "linger.ms: not a number of type LONG. Found: x"),
                lines(file, environment));
    }

    @Test
    void namesNoNearestKey_whenNoneIsNear() {
        assertEquals(
                List.of("frobnicate: is not a setting, --help lists them. Found: [hidden]"),
                lines(with("frobnicate", "1"), NO_ENVIRONMENT));
    }

    @ParameterizedTest
    @CsvSource({
        "ssl.key.pasword",
        "ssl.truststore.pasword",
        "sasl.jaas.confg",
        "producer.ssl.keystore.ky",
        "my.secret",
        "key.serializer.password",
        "sasl.pwd",
        "a.key.of.another.program"
    })
    void hidesSecrets_evenOfMisspeltKeys(String key) {
        String line = lines(with(key, "hunter2"), NO_ENVIRONMENT).get(0);

        assertTrue(line.endsWith("Found: [hidden]"), line);
    }

    @Test
    void staysOneLine_whateverTheValueContains() {
        String line = lines(with("user.from", "a\nb" + "x".repeat(1000)), NO_ENVIRONMENT)
                .get(0);

        assertTrue(line.startsWith("user.from: must be key or payload. Found: a bxxx"), line);
        assertTrue(line.length() < 200, line);
    }

    @Test
    void rejectsEveryGroupProtocolButTheClassic() {
        List<String> lines = lines(with("group.protocol", "streams"), NO_ENVIRONMENT);

        assertEquals(
                List.of("group.protocol: must be classic, detecting that a partition is caught up depends on it."
                        + " Found: streams"),
                lines);
    }

    private static Map<String, String> with(String... pairs) {
        Map<String, String> file = new HashMap<>(LEAST);
        for (int i = 0; i < pairs.length; i += 2) {
            file.put(pairs[i], pairs[i + 1]);
        }
        return file;
    }

    private static List<String> lines(Map<String, String> file, Map<String, String> environment) {
        return assertInstanceOf(Invalid.class, Configuration.load(file, environment))
                .problems();
    }
}
