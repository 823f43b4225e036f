package io.sessionizer.app.config;

import io.sessionizer.kafka.config.TopicRole;
import io.sessionizer.web.access.AccessSettings;
import java.util.ArrayList;
import java.util.Arrays;
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

/** Validates the raw configuration: each value on its own, then combinations. */
final class ConfigValidator {
    private final RawConfig rawConfig;
    private final List<ConfigProblem> problems = new ArrayList<>();

    private ConfigValidator(RawConfig rawConfig) {
        this.rawConfig = rawConfig;
    }

    /** All problems, in a stable order. */
    static List<ConfigProblem> problems(RawConfig rawConfig) {
        ConfigValidator check = new ConfigValidator(rawConfig);
        check.problems.addAll(rawConfig.problems());
        check.validateOwnKeys();
        check.validateKafkaKeys();
        check.requireDistinct("topic", topicKeys());
        if (check.problems.isEmpty()) {
            check.problems.addAll(FormatValidator.problems(rawConfig));
        }
        check.validateAccess();
        if (check.problems.isEmpty()) {
            check.validateKafkaCombination();
        }
        return List.copyOf(check.problems);
    }

    private static ConfigKey[] topicKeys() {
        return Arrays.stream(TopicRole.values())
                .map(role -> ConfigKey.find(role.key()).orElseThrow())
                .toArray(ConfigKey[]::new);
    }

    private void validateOwnKeys() {
        for (ConfigKey key : ConfigKey.values()) {
            String value = rawConfig.value(key);
            if (!key.validator().accepts().test(value)) {
                String must = value.isEmpty() && key.defaultValue().isEmpty() ? "is required, as " : "must be ";
                add(key, must + key.validator().allowed());
            }
        }
    }

    private void validateKafkaKeys() {
        boolean exactlyOnce = rawConfig.value(ConfigKey.PROCESSING_GUARANTEE).equals(StreamsConfig.EXACTLY_ONCE_V2);
        rawConfig.entries().forEach((name, entry) -> {
            if (ConfigKey.find(name).isEmpty()) {
                KafkaConfigKey key = KafkaConfigKey.find(name).orElseThrow();
                ReservedKafkaKeys.violation(key, entry.value(), exactlyOnce)
                        .or(() -> violation(key, entry.value()))
                        .ifPresent(rule ->
                                problems.add(new ConfigProblem(entry.origin(), rule, displayValue(name, entry))));
            }
        });
    }

    private static Optional<String> violation(KafkaConfigKey key, String value) {
        return ReservedKafkaKeys.validator(key)
                .filter(rule -> !rule.accepts().test(value))
                .map(rule -> "must be " + rule.allowed())
                .or(() -> key.violation(value));
    }

    private static String displayValue(String name, RawValue entry) {
        return ConfigProblem.displayValue(name, entry.written());
    }

    private void requireDistinct(String what, ConfigKey... keys) {
        Map<String, ConfigKey> seen = new HashMap<>();
        for (ConfigKey key : keys) {
            ConfigKey other = seen.putIfAbsent(rawConfig.value(key), key);
            if (other != null && !rawConfig.value(key).isEmpty()) {
                add(key, "must be another " + what + " than " + other.key());
            }
        }
    }

    private void validateAccess() {
        boolean hasToken = isSet(ConfigKey.HTTP_TOKEN) || isSet(ConfigKey.HTTP_TOKEN_FILE);
        if (isSet(ConfigKey.HTTP_TOKEN) && isSet(ConfigKey.HTTP_TOKEN_FILE)) {
            add(ConfigKey.HTTP_TOKEN_FILE, "must be empty where http.token is set");
        }
        switch (rawConfig.value(ConfigKey.HTTP_READS)) {
            case "token" -> {
                // elsewhere a token is generated
                if (!hasToken && AccessSettings.isLoopback(rawConfig.value(ConfigKey.HTTP_HOST))) {
                    add(ConfigKey.HTTP_READS, "must be another without http.token or http.token.file");
                }
            }
            case "proxy" -> {
                for (ConfigKey key : List.of(ConfigKey.HTTP_PROXY_ADDRESSES, ConfigKey.HTTP_PROXY_USER_HEADER)) {
                    if (!isSet(key)) {
                        add(key, "must be set with http.reads=proxy");
                    }
                }
            }
            default -> {}
        }
        if (!rawConfig.value(ConfigKey.HTTP_PORT).equals("0")) {
            requireDistinct("port", ConfigKey.HTTP_PORT, ConfigKey.HTTP_HEALTH_PORT);
        }
    }

    private boolean isSet(ConfigKey key) {
        return !rawConfig.value(key).isEmpty();
    }

    /** Kafka's own validation of combinations: exactly-once, for example, does not allow every {@code acks}. */
    private void validateKafkaCombination() {
        try {
            StreamsConfig streams = new StreamsConfig(rawConfig.kafka());
            Map<String, Object> producer = streams.getProducerConfigs("check");
            producer.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
            producer.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
            producer.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, null);
            // the required value, not only the default, so that contradicting settings are reported
            producer.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
            new ProducerConfig(producer);
            Map<String, Object> consumer = streams.getMainConsumerConfigs("check", "check", 0);
            consumer.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
            consumer.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
            new ConsumerConfig(consumer);
        } catch (KafkaException | IllegalArgumentException e) {
            problems.add(combinationProblem(ConfigExceptionText.of(e.getMessage())));
        }
    }

    private ConfigProblem combinationProblem(ConfigExceptionText text) {
        return text.key()
                .flatMap(name -> rawConfig.entries().entrySet().stream()
                        .filter(entry -> ("." + entry.getKey()).endsWith("." + name))
                        .map(entry -> new ConfigProblem(
                                entry.getValue().origin(), text.rule(), displayValue(entry.getKey(), entry.getValue())))
                        .findFirst())
                .orElseGet(
                        () -> new ConfigProblem("Kafka's settings", text.rule(), "a combination that Kafka rejects"));
    }

    private void add(ConfigKey key, String rule) {
        problems.add(ConfigProblem.of(rawConfig.origin(key), rule, rawConfig.written(key)));
    }
}
