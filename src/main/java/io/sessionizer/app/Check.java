package io.sessionizer.app;

import io.sessionizer.app.Given.Entry;
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
final class Check {
    private final Given given;
    private final List<Problem> problems = new ArrayList<>();

    private Check(Given given) {
        this.given = given;
    }

    /** Everything that is wrong, in a steady order. */
    static List<Problem> problems(Given given) {
        Check check = new Check(given);
        check.problems.addAll(given.problems());
        check.eachOwnValue();
        check.eachKafkaValue();
        check.different(
                "topic",
                Key.EVENTS_TOPIC,
                Key.ENRICHED_TOPIC,
                Key.CONCLUDED_TOPIC,
                Key.DEAD_LETTER_TOPIC,
                Key.PROFILES_TOPIC,
                Key.SETTINGS_TOPIC,
                Key.BOARD_TOPIC);
        check.different(
                "field", Key.EVENT_TYPE_FIELD, Key.EVENT_NAME_FIELD, Key.EVENT_TIME_FIELD, Key.EVENT_DATA_FIELD);
        check.different("property", Key.EVENT_SOURCE_FIELD, Key.EVENT_SESSION_FIELD);
        check.userFieldsAreNoOther();
        if (check.problems.isEmpty()) {
            check.kafkaTogether();
        }
        return List.copyOf(check.problems);
    }

    private void eachOwnValue() {
        for (Key key : Key.values()) {
            String value = given.text(key);
            if (!key.rule().allows().test(value)) {
                String must = value.isEmpty() && key.byDefault().isEmpty() ? "is required, as " : "must be ";
                add(key, must + key.rule().allowed());
            }
        }
    }

    private void eachKafkaValue() {
        boolean exactlyOnce = given.text(Key.PROCESSING_GUARANTEE).equals(StreamsConfig.EXACTLY_ONCE_V2);
        given.entries().forEach((name, entry) -> {
            if (Key.find(name).isEmpty()) {
                KafkaKey key = KafkaKey.find(name).orElseThrow();
                Owned.refusal(key, entry.value(), exactlyOnce)
                        .or(() -> objection(key, entry.value()))
                        .ifPresent(rule -> problems.add(new Problem(entry.writtenAs(), rule, shown(name, entry))));
            }
        });
    }

    private static Optional<String> objection(KafkaKey key, String value) {
        return Owned.rule(key)
                .filter(rule -> !rule.allows().test(value))
                .map(rule -> "must be " + rule.allowed())
                .or(() -> key.objection(value));
    }

    private static String shown(String name, Entry entry) {
        return Problem.shown(name, entry.value());
    }

    private void different(String what, Key... keys) {
        Map<String, Key> taken = new HashMap<>();
        for (Key key : keys) {
            Key other = taken.putIfAbsent(given.text(key), key);
            if (other != null && !given.text(key).isEmpty()) {
                add(key, "must be another " + what + " than " + other.text());
            }
        }
    }

    private void userFieldsAreNoOther() {
        Key users = Key.EVENT_USER_FIELDS;
        if (!users.rule().allows().test(given.text(users))) {
            return;
        }
        List<String> fields = Names.split(given.text(users));
        for (Key key :
                List.of(Key.EVENT_TYPE_FIELD, Key.EVENT_NAME_FIELD, Key.EVENT_TIME_FIELD, Key.EVENT_DATA_FIELD)) {
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
            problems.add(together(KafkaWords.of(e.getMessage())));
        }
    }

    private Problem together(KafkaWords words) {
        return words.key()
                .flatMap(name -> given.entries().entrySet().stream()
                        .filter(entry -> ("." + entry.getKey()).endsWith("." + name))
                        .map(entry -> new Problem(
                                entry.getValue().writtenAs(), words.rule(), shown(entry.getKey(), entry.getValue())))
                        .findFirst())
                .orElseGet(() -> new Problem("Kafka's settings", words.rule(), "a combination that Kafka refuses"));
    }

    private void add(Key key, String rule) {
        problems.add(Problem.of(given.writtenAs(key), rule, given.text(key)));
    }
}
