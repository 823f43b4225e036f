package io.sessionizer.app.config;

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * A Kafka setting, which is passed to the client it belongs to.
 *
 * @param scope which client it is for
 * @param name without the scope's prefix
 */
record KafkaConfigKey(Scope scope, String name) {
    /** Prefix of the parameters of config providers, whose names the user chooses. */
    private static final String PROVIDERS = "config.providers.";

    private static final Set<String> KNOWN = Arrays.stream(Scope.values())
            .flatMap(scope -> scope.names.stream().map(name -> scope.prefix + name))
            .collect(Collectors.toUnmodifiableSet());

    /** The client that a setting is for, by Kafka Streams' prefixes. */
    enum Scope {
        EVERY(
                "",
                StreamsConfig.configDef(),
                ConsumerConfig.configDef(),
                ProducerConfig.configDef(),
                AdminClientConfig.configDef()),
        CONSUMER(StreamsConfig.CONSUMER_PREFIX, ConsumerConfig.configDef()),
        MAIN_CONSUMER(StreamsConfig.MAIN_CONSUMER_PREFIX, ConsumerConfig.configDef()),
        RESTORE_CONSUMER(StreamsConfig.RESTORE_CONSUMER_PREFIX, ConsumerConfig.configDef()),
        GLOBAL_CONSUMER(StreamsConfig.GLOBAL_CONSUMER_PREFIX, ConsumerConfig.configDef()),
        PRODUCER(StreamsConfig.PRODUCER_PREFIX, ProducerConfig.configDef()),
        ADMIN(StreamsConfig.ADMIN_CLIENT_PREFIX, AdminClientConfig.configDef()),
        TOPIC(StreamsConfig.TOPIC_PREFIX, topicNames());

        private final String prefix;
        private final List<ConfigDef> definitions;
        private final Set<String> names;

        Scope(String prefix, ConfigDef... definitions) {
            this.prefix = prefix;
            this.definitions = List.of(definitions);
            this.names =
                    this.definitions.stream().flatMap(d -> d.names().stream()).collect(Collectors.toUnmodifiableSet());
        }

        Scope(String prefix, Set<String> names) {
            this.prefix = prefix;
            this.definitions = List.of();
            this.names = names;
        }

        /** The clients provide only the names of topic settings, no ConfigDef. */
        private static Set<String> topicNames() {
            Set<String> names = new TreeSet<>();
            for (Field field : TopicConfig.class.getFields()) {
                if (field.getName().endsWith("_CONFIG")) {
                    try {
                        names.add((String) field.get(null));
                    } catch (IllegalAccessException e) {
                        throw new IllegalStateException(field + ": must be public", e);
                    }
                }
            }
            return names;
        }
    }

    /** All names, with prefixes. */
    static Set<String> known() {
        return KNOWN;
    }

    static Optional<KafkaConfigKey> find(String text) {
        if (text.startsWith(PROVIDERS)) {
            return Optional.of(new KafkaConfigKey(Scope.EVERY, text));
        }
        if (!KNOWN.contains(text)) {
            return Optional.empty();
        }
        return Arrays.stream(Scope.values())
                .filter(scope -> text.startsWith(scope.prefix))
                .filter(scope -> scope.names.contains(text.substring(scope.prefix.length())))
                .map(scope -> new KafkaConfigKey(scope, text.substring(scope.prefix.length())))
                .findFirst();
    }

    /** Empty for topic settings and parameters of config providers. */
    Optional<ConfigDef.Type> type() {
        return scope.definitions.stream()
                .map(definition -> definition.configKeys().get(name))
                .filter(key -> key != null)
                .map(key -> key.type)
                .findFirst();
    }

    /**
     * The rule of Kafka's own definitions that the value violates; empty if it violates none.
     *
     * @param value trimmed
     */
    Optional<String> violation(String value) {
        Set<String> rules = new LinkedHashSet<>();
        for (ConfigDef definition : scope.definitions) {
            if (definition.names().contains(name)) {
                definition.validate(Map.of(name, value)).stream()
                        .filter(checked -> checked.name().equals(name))
                        .flatMap(checked -> checked.errorMessages().stream())
                        .limit(1) // if a value is not a number, further errors are about the null that replaces it
                        .forEach(message ->
                                rules.add(ConfigExceptionText.of(message).rule()));
            }
        }
        return rules.stream().findFirst();
    }
}
