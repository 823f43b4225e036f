package io.sessionizer.app.config;

import io.sessionizer.app.config.RawConfig.RawValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;

/** Judges what the user gave: each value by itself, then what has to fit together. */
final class ConfigValidator {
    private final RawConfig given;
    private final List<ConfigProblem> problems = new ArrayList<>();

    private ConfigValidator(RawConfig given) {
        this.given = given;
    }

    /** Everything that is wrong, in a steady order. */
    static List<ConfigProblem> problems(RawConfig given) {
        ConfigValidator check = new ConfigValidator(given);
        check.problems.addAll(given.problems());
        check.eachOwnValue();
        check.eachKafkaValue();
        check.different(
                "topic",
                ConfigKey.EVENTS_TOPIC,
                ConfigKey.ENRICHED_TOPIC,
                ConfigKey.CONCLUDED_TOPIC,
                ConfigKey.DEAD_LETTER_TOPIC,
                ConfigKey.PROFILES_TOPIC,
                ConfigKey.SETTINGS_TOPIC,
                ConfigKey.BOARD_TOPIC);
        check.different(
                "field",
                ConfigKey.EVENT_TYPE_FIELD,
                ConfigKey.EVENT_NAME_FIELD,
                ConfigKey.EVENT_TIME_FIELD,
                ConfigKey.EVENT_DATA_FIELD);
        check.different("property", ConfigKey.EVENT_SOURCE_FIELD, ConfigKey.EVENT_SESSION_FIELD);
        check.userFieldsAreNoOther();
        if (check.problems.isEmpty()) {
            check.kafkaTogether();
        }
        return List.copyOf(check.problems);
    }

    private void eachOwnValue() {
        for (ConfigKey key : ConfigKey.values()) {
            String value = given.text(key);
            if (!key.rule().allows().test(value)) {
                String must = value.isEmpty() && key.byDefault().isEmpty() ? "is required, as " : "must be ";
                add(key, must + key.rule().allowed());
            }
        }
    }

    private void eachKafkaValue() {
        boolean exactlyOnce = given.text(ConfigKey.PROCESSING_GUARANTEE).equals(StreamsConfig.EXACTLY_ONCE_V2);
        given.entries().forEach((name, entry) -> {
            if (ConfigKey.find(name).isEmpty()) {
                KafkaConfigKey key = KafkaConfigKey.find(name).orElseThrow();
                ReservedKafkaKeys.refusal(key, entry.value(), exactlyOnce)
                        .or(() -> objection(key, entry.value()))
                        .ifPresent(
                                rule -> problems.add(new ConfigProblem(entry.writtenAs(), rule, shown(name, entry))));
            }
        });
    }

    private static Optional<String> objection(KafkaConfigKey key, String value) {
        return ReservedKafkaKeys.rule(key)
                .filter(rule -> !rule.allows().test(value))
                .map(rule -> "must be " + rule.allowed())
                .or(() -> key.objection(value));
    }

    private static String shown(String name, RawValue entry) {
        return ConfigProblem.shown(name, entry.value());
    }

    private void different(String what, ConfigKey... keys) {
        Map<String, ConfigKey> taken = new HashMap<>();
        for (ConfigKey key : keys) {
            ConfigKey other = taken.putIfAbsent(given.text(key), key);
            if (other != null && !given.text(key).isEmpty()) {
                add(key, "must be another " + what + " than " + other.text());
            }
        }
    }

    private void userFieldsAreNoOther() {
        ConfigKey users = ConfigKey.EVENT_USER_FIELDS;
        if (!users.rule().allows().test(given.text(users))) {
            return;
        }
        List<String> fields = NameList.split(given.text(users));
        for (ConfigKey key : List.of(
                ConfigKey.EVENT_TYPE_FIELD,
                ConfigKey.EVENT_NAME_FIELD,
                ConfigKey.EVENT_TIME_FIELD,
                ConfigKey.EVENT_DATA_FIELD)) {
            if (fields.contains(given.text(key))) {
                add(key, "must be another field than those of " + users.text());
            }
        }
    }

    /** Kafka's own look at what must fit together: with exactly once, for one, not every {@code acks} will do. */
    private void kafkaTogether() {
        if (given.entries().keySet().stream().anyMatch(key -> key.startsWith("config.providers"))) {
            // providers read files, and the values are theirs: that is for the clients to do
            return;
        }
        try {
            StreamsConfig streams = new StreamsConfig(given.kafka());
            Map<String, Object> producer = streams.getProducerConfigs("check");
            producer.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
            producer.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
            producer.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, null);
            new ProducerConfig(producer);
            Map<String, Object> consumer = streams.getMainConsumerConfigs("check", "check", 0);
            consumer.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
            consumer.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
            new ConsumerConfig(consumer);
        } catch (KafkaException | IllegalArgumentException e) {
            problems.add(together(ConfigExceptionText.of(e.getMessage())));
        }
    }

    private ConfigProblem together(ConfigExceptionText words) {
        return words.key()
                .flatMap(name -> given.entries().entrySet().stream()
                        .filter(entry -> ("." + entry.getKey()).endsWith("." + name))
                        .map(entry -> new ConfigProblem(
                                entry.getValue().writtenAs(), words.rule(), shown(entry.getKey(), entry.getValue())))
                        .findFirst())
                .orElseGet(
                        () -> new ConfigProblem("Kafka's settings", words.rule(), "a combination that Kafka refuses"));
    }

    private void add(ConfigKey key, String rule) {
        problems.add(ConfigProblem.of(given.writtenAs(key), rule, given.text(key)));
    }
}
