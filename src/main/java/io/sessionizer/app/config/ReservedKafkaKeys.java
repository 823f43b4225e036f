package io.sessionizer.app.config;

import static java.util.Map.entry;

import io.sessionizer.app.config.KafkaConfigKey.Scope;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Kafka settings that are reserved for the service, since its guarantees depend on them: they are rejected with a
 * reason.
 */
final class ReservedKafkaKeys {
    private static final String FORMAT = "is the service's own, it reads and writes bytes";
    private static final String FAILURE = "is the service's own, it decides how bad records and failures are handled";
    private static final String TOPOLOGY = "is the service's own, it names the internal topics and stores";
    private static final String PARTITION = "is the service's own, a user's events must stay in one partition";
    private static final String GROUP = "is the service's own, the group is application.id";
    private static final String COMMIT = "is the service's own, it commits by processing.guarantee";
    private static final String CHANGELOG = "is the service's own, its internal topics would lose state or events";

    private static final Map<String, String> ALWAYS = Map.ofEntries(
            entry("default.key.serde", FORMAT),
            entry("default.value.serde", FORMAT),
            entry("default.list.key.serde.inner", FORMAT),
            entry("default.list.key.serde.type", FORMAT),
            entry("default.list.value.serde.inner", FORMAT),
            entry("default.list.value.serde.type", FORMAT),
            entry("windowed.inner.class.serde", FORMAT),
            entry("key.serializer", FORMAT),
            entry("value.serializer", FORMAT),
            entry("key.deserializer", FORMAT),
            entry("value.deserializer", FORMAT),
            entry("default.timestamp.extractor", "is the service's own, it reads event.time.field"),
            entry("default.deserialization.exception.handler", FAILURE),
            entry("deserialization.exception.handler", FAILURE),
            entry("default.production.exception.handler", FAILURE),
            entry("production.exception.handler", FAILURE),
            entry("processing.exception.handler", FAILURE),
            entry("processing.exception.handler.global.enabled", FAILURE),
            entry("errors.dead.letter.queue.topic.name", "is the service's own, use dead.letter.topic"),
            entry("rocksdb.config.setter", "is the service's own, use state.memory.bytes"),
            entry("topology.optimization", TOPOLOGY),
            entry("processor.wrapper.class", TOPOLOGY),
            entry("ensure.explicit.internal.resource.naming", TOPOLOGY),
            entry("default.client.supplier", "is the service's own, it needs the position of the consumer"),
            entry("partitioner.class", PARTITION),
            entry("partitioner.ignore.keys", PARTITION),
            entry("partition.assignment.strategy", "is Kafka Streams' own"),
            entry("group.id", GROUP),
            entry("group.remote.assignor", GROUP),
            entry("enable.auto.commit", COMMIT),
            entry("auto.commit.interval.ms", COMMIT),
            entry("enable.idempotence", "is the service's own, clocks must not overtake the events that they follow"),
            entry("transactional.id", COMMIT),
            entry("transaction.two.phase.commit.enable", COMMIT),
            entry("allow.auto.create.topics", "is the service's own, use topics.create"),
            entry("bootstrap.controllers", "is not supported, use bootstrap.servers"));

    private static final Set<String> EXACTLY_ONCE = Set.of("isolation.level");

    private static final Map<String, String> TOPIC = Map.of(
            "cleanup.policy", CHANGELOG,
            "retention.ms", CHANGELOG,
            "retention.bytes", CHANGELOG,
            "message.timestamp.type", CHANGELOG);

    private ReservedKafkaKeys() {}

    /** Why a setting is rejected; empty if it is allowed. */
    static Optional<String> violation(KafkaConfigKey key, String value, boolean exactlyOnce) {
        String name = key.name();
        if (key.scope() == Scope.TOPIC) {
            return Optional.ofNullable(TOPIC.get(name));
        }
        if (name.equals("group.protocol") && !value.equals("classic")) {
            return Optional.of("must be classic, detecting that a partition is caught up depends on it");
        }
        if (name.equals("enable.transactional.statestores") && Boolean.parseBoolean(value.strip())) {
            return Optional.of(
                    "must be false, else a last commit that fails leaves its state behind, to be counted twice");
        }
        if (key.scope() != Scope.EVERY && name.equals("bootstrap.servers")) {
            return Optional.of("is one for all clients, use it without a prefix");
        }
        if (exactlyOnce && EXACTLY_ONCE.contains(name)) {
            return Optional.of("is the service's own with processing.guarantee=exactly_once_v2");
        }
        return Optional.ofNullable(ALWAYS.get(name));
    }

    /** Validators for values that Kafka would reject only during startup, if at all. */
    static Optional<ValueValidator> validator(KafkaConfigKey key) {
        return switch (key.name()) {
            case "num.stream.threads" -> Optional.of(ValueValidator.range(1, 1_000));
            case "num.standby.replicas" -> Optional.of(ValueValidator.range(0, 1_000));
            case "application.server" -> Optional.of(ValueValidator.address());
            default -> Optional.empty();
        };
    }
}
