package io.sessionizer.app.config;

import static io.sessionizer.app.config.SampleConfiguration.NO_ENVIRONMENT;
import static io.sessionizer.app.config.SampleConfiguration.REQUIRED_KEYS;
import static io.sessionizer.app.config.SampleConfiguration.everyKey;
import static io.sessionizer.app.config.SampleConfiguration.settings;
import static io.sessionizer.app.config.SampleConfiguration.valid;
import static io.sessionizer.app.config.SampleConfiguration.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.event.format.EventFilter;
import io.sessionizer.event.format.EventFormat;
import io.sessionizer.event.format.FormatPreset;
import io.sessionizer.kafka.config.SessionizerSettings;
import io.sessionizer.kafka.config.SessionizerSettings.ClockSettings;
import io.sessionizer.kafka.config.SessionizerSettings.InputSettings;
import io.sessionizer.kafka.config.SessionizerSettings.RuntimeSettings;
import io.sessionizer.kafka.config.SessionizerSettings.Uncounted;
import io.sessionizer.kafka.config.SessionizerSettings.UserFrom;
import io.sessionizer.kafka.config.TopicRole;
import io.sessionizer.kafka.config.TopicSettings;
import io.sessionizer.session.SessionRules;
import io.sessionizer.web.Backend.EffectiveSetting;
import io.sessionizer.web.HttpSettings;
import io.sessionizer.web.access.AccessSettings;
import io.sessionizer.web.access.AccessSettings.ProxySettings;
import io.sessionizer.web.access.AccessSettings.ReadAccess;
import io.sessionizer.web.access.AddressRange;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConfigurationTest {
    @Test
    void hasTheSpecifiedDefaults() {
        SessionizerSettings expected = new SessionizerSettings(
                new InputSettings(UserFrom.KEY, Uncounted.DROP, FormatPreset.CLEVERTAP.format(), true, false),
                new SessionRules(20 * 60_000, 24 * 3_600_000, 1000),
                new ClockSettings(30_000, 300_000, 900_000),
                new TopicSettings(
                        Map.of(
                                TopicRole.EVENTS, "events",
                                TopicRole.ENRICHED, "enriched-events",
                                TopicRole.CONCLUDED, "session-concluded",
                                TopicRole.DEAD_LETTER, "events-dead-letter",
                                TopicRole.PROFILES, "session-profiles",
                                TopicRole.SETTINGS, "session-settings",
                                TopicRole.BOARD, "session-board"),
                        true,
                        30L * 24 * 3_600_000,
                        (short) -1),
                new RuntimeSettings(
                        60_000,
                        5,
                        128L << 20,
                        false,
                        Map.of(
                                "bootstrap.servers", "kafka:9092",
                                "application.id", "sessionizer",
                                "state.dir", "sessionizer-state",
                                "processing.guarantee", "exactly_once_v2")));

        assertEquals(expected, settings(REQUIRED_KEYS, NO_ENVIRONMENT));
    }

    @Test
    void acceptsEveryKey() {
        Map<String, String> file = everyKey();
        for (ConfigKey key : ConfigKey.values()) {
            assertTrue(file.containsKey(key.key()), key.key());
        }
        SessionizerSettings expected = new SessionizerSettings(
                new InputSettings(
                        UserFrom.PAYLOAD,
                        Uncounted.FORWARD,
                        FormatPreset.SEGMENT.format(Map.ofEntries(
                                Map.entry("event.user.fields", "uid,\"a,b\""),
                                Map.entry("event.type.field", "kind"),
                                Map.entry("event.types", "act"),
                                Map.entry("event.name.field", "what"),
                                Map.entry("event.time.field", "/at/when"),
                                Map.entry("event.time.zone", "Asia/Kathmandu"),
                                Map.entry("event.data.field", "props"),
                                Map.entry("event.source.field", "header:from"),
                                Map.entry("event.session.field", "sid"),
                                Map.entry("event.session.form", "epoch.millis"),
                                Map.entry("event.session.header", "session"),
                                Map.entry("event.session.start.header", "start"),
                                Map.entry("excluded.events", "X,Y"),
                                Map.entry("untracked.sources", ""))),
                        false,
                        true),
                new SessionRules(1, 2, 3),
                new ClockSettings(4, 5, 1_000),
                new TopicSettings(
                        Map.of(
                                TopicRole.EVENTS, "t1",
                                TopicRole.ENRICHED, "t2",
                                TopicRole.CONCLUDED, "t3",
                                TopicRole.DEAD_LETTER, "t4",
                                TopicRole.PROFILES, "t5",
                                TopicRole.SESSIONS, "t6",
                                TopicRole.SETTINGS, "t7",
                                TopicRole.BOARD, "t8"),
                        false,
                        -1,
                        (short) 3),
                new RuntimeSettings(
                        6,
                        7,
                        16_777_216,
                        false,
                        Map.of(
                                "bootstrap.servers", "SSL://[::1]:9092, b.example:9093",
                                "application.id", "app",
                                "state.dir", "/var/lib/x",
                                "processing.guarantee", "at_least_once")));

        assertEquals(expected, settings(file, NO_ENVIRONMENT));
    }

    @Test
    void hasTheBoardsDefaults() {
        assertEquals(
                new HttpSettings("localhost", 8080, Optional.empty(), AccessSettings.DEFAULT, ZoneId.of("UTC")),
                valid(REQUIRED_KEYS, NO_ENVIRONMENT).http());
    }

    @Test
    void acceptsEveryKeyOfTheBoard() {
        AccessSettings access = new AccessSettings(
                ReadAccess.PROXY,
                Optional.of("0123456789abcdef"),
                Optional.empty(),
                Set.of("board.example", "b.example"),
                new ProxySettings(
                        Set.of(
                                AddressRange.parse("10.0.0.0/8").orElseThrow(),
                                AddressRange.parse("::1").orElseThrow()),
                        "x-user"));
        assertEquals(
                new HttpSettings("::", 0, Optional.of(9000), access, ZoneId.of("Asia/Kathmandu")),
                valid(everyKey(), NO_ENVIRONMENT).http());
    }

    @Test
    void showsWhereEachSettingIsFrom_andNoSecret() {
        Map<String, String> file = with(
                "http.token", "0123456789abcdef",
                "sasl.jaas.config", "password=hunter2",
                "user.from", "payload",
                "linger.ms", "7");
        Map<String, String> environment =
                Map.of("SESSIONIZER_USER_FROM", "key", "SESSIONIZER_SSL_KEY_PASSWORD", "hunter2");

        List<EffectiveSetting> shown = valid(file, environment).effectiveSettings();

        assertEquals(
                List.of(ConfigKey.values()).stream().map(ConfigKey::key).toList(),
                shown.stream()
                        .map(EffectiveSetting::key)
                        .limit(ConfigKey.values().length)
                        .toList());
        assertTrue(shown.contains(
                new EffectiveSetting("Events", "user.from", "key", "environment", ConfigKey.USER_FROM.doc())));
        assertTrue(shown.contains(
                new EffectiveSetting("Session Board", "http.token", "********", "file", ConfigKey.HTTP_TOKEN.doc())));
        assertTrue(shown.contains(
                new EffectiveSetting("Session Board", "http.port", "8080", "default", ConfigKey.HTTP_PORT.doc())));
        assertTrue(shown.contains(
                new EffectiveSetting("Kafka's own", "linger.ms", "7", "file", "passed through to Kafka")));
        assertTrue(shown.stream().noneMatch(setting -> setting.value().contains("hunter2")), shown::toString);
        assertTrue(shown.stream().noneMatch(setting -> setting.value().contains("0123456789abcdef")), shown::toString);
    }

    @ParameterizedTest
    @EnumSource(FormatPreset.class)
    void aFormatSetsTheDefaultsOfItsKeys(FormatPreset preset) {
        InputSettings input =
                settings(with("event.format", preset.value()), NO_ENVIRONMENT).input();

        assertEquals(preset.format(), input.format());
        assertEquals(!preset.value().startsWith("cloudevents"), input.erasesOnNull());
    }

    @Test
    void aKeyBesideTheFormatOverridesItsDefault() {
        assertEquals(
                FormatPreset.SEGMENT.format(Map.of("event.user.fields", "userId,anonymousId")),
                settings(with("event.format", "segment"), Map.of("SESSIONIZER_EVENT_USER_FIELDS", "userId,anonymousId"))
                        .input()
                        .format());
    }

    @Test
    void anEmptyListIsEmpty() {
        EventFormat format = settings(with("excluded.events", "", "untracked.sources", " "), NO_ENVIRONMENT)
                .input()
                .format();

        assertEquals(Set.of(EventFilter.CONCLUDED_EVENT), format.filter().excludedEvents());
        assertEquals(Set.of(), format.filter().untrackedSources());
    }

    @Test
    void takesTheClassicGroupProtocol() {
        assertEquals(
                "classic",
                settings(with("group.protocol", "classic"), NO_ENVIRONMENT)
                        .runtime()
                        .kafka()
                        .get("group.protocol"));
    }

    @Test
    void passesKafkasSettingsThroughAsTheyAreWritten() {
        Map<String, String> kafka = Map.of(
                "num.standby.replicas", "1",
                "security.protocol", "SASL_SSL",
                "sasl.jaas.config", "module required password=\"x\";",
                "consumer.max.poll.records", "10",
                "main.consumer.max.poll.records", "11",
                "restore.consumer.fetch.max.bytes", "12",
                "producer.compression.type", "lz4",
                "admin.request.timeout.ms", "1000",
                "topic.min.insync.replicas", "2",
                "max.request.size", "99");
        Map<String, String> file = new HashMap<>(kafka);
        file.putAll(REQUIRED_KEYS);

        Map<String, String> passed = settings(file, NO_ENVIRONMENT).runtime().kafka();

        kafka.forEach((key, value) -> assertEquals(value, passed.get(key), key));
        assertEquals(kafka.size() + 4, passed.size());
    }

    @Test
    void leavesIsolationToTheUser_whenEventsMayBeRepeated() {
        Map<String, String> file =
                with("processing.guarantee", "at_least_once", "consumer.isolation.level", "read_uncommitted");

        assertEquals(
                "read_uncommitted",
                settings(file, NO_ENVIRONMENT).runtime().kafka().get("consumer.isolation.level"));
    }
}
