package io.sessionizer.kafka.topics;

import io.sessionizer.kafka.config.CannotStartException;
import io.sessionizer.kafka.config.NodeNames;
import io.sessionizer.kafka.config.SessionizerSettings;
import io.sessionizer.kafka.config.TopicRole;
import io.sessionizer.kafka.config.TopicSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.config.TopicConfig;

/** Provisions the topics: creates missing ones, rejects invalid ones, and reads their limits. */
final class TopicProvisioner {
    private static final String RESET_HINT = "; give a new application.id to start afresh, or reset this one with"
            + " kafka-streams-application-reset and delete its state.dir on every instance. Found: ";

    private final TopicAdmin admin;
    private final SessionizerSettings settings;
    private final String applicationId;

    TopicProvisioner(Admin admin, SessionizerSettings settings, String applicationId) {
        this.admin = new TopicAdmin(admin);
        this.settings = settings;
        this.applicationId = applicationId;
    }

    /**
     * Ensures that all topics exist and are valid.
     *
     * @return number of partitions of the input topic
     * @throws CannotStartException if one is missing and must not be created, or is invalid
     */
    int prepare() throws InterruptedException, ExecutionException {
        List<TopicSpec> specs = TopicSpec.all(settings.topics());
        Map<String, Integer> existing =
                admin.partitions(specs.stream().map(TopicSpec::name).toList());
        if (!settings.topics().create()) {
            requireExisting(specs, existing);
        }
        TopicSpec events = specs.get(0);
        if (!existing.containsKey(events.name())) {
            existing.put(events.name(), admin.create(events.toNewTopic(Optional.empty(), replication())));
        }
        int input = existing.get(events.name());
        List<String> problems = new ArrayList<>(mismatches(specs, existing));
        problems.addAll(stateMismatches(input));
        requireNoProblems(problems);
        for (TopicSpec topic : specs) {
            if (!existing.containsKey(topic.name())) {
                admin.create(topic.toNewTopic(Optional.of(input), replication()));
            }
        }
        return input;
    }

    private static void requireExisting(List<TopicSpec> specs, Map<String, Integer> existing) {
        requireNoProblems(specs.stream()
                .filter(topic -> !existing.containsKey(topic.name()))
                .map(topic ->
                        topic.key() + ": must exist, since topics.create is false. Found: no topic " + topic.name())
                .toList());
    }

    private static void requireNoProblems(List<String> problems) {
        if (!problems.isEmpty()) {
            throw new CannotStartException(problems);
        }
    }

    private Optional<Short> replication() {
        short factor = settings.topics().replicationFactor();
        return factor < 1 ? Optional.empty() : Optional.of(factor);
    }

    private List<String> mismatches(List<TopicSpec> specs, Map<String, Integer> existing)
            throws InterruptedException, ExecutionException {
        String events = settings.topics().name(TopicRole.EVENTS);
        Map<String, Config> configs = admin.configs(existing.keySet());
        List<String> problems = new ArrayList<>();
        for (TopicSpec topic : specs) {
            if (existing.containsKey(topic.name())) {
                String policy = TopicAdmin.value(configs.get(topic.name()), TopicConfig.CLEANUP_POLICY_CONFIG);
                topic.mismatch(events, existing.get(events), existing.get(topic.name()))
                        .ifPresent(problems::add);
                topic.mismatch(policy).ifPresent(problems::add);
            }
        }
        return problems;
    }

    /** State depends on the number of input partitions and on user.from: once there is state, both are fixed. */
    private List<String> stateMismatches(int input) throws InterruptedException, ExecutionException {
        Map<String, Integer> internal = admin.partitions(internalTopics());
        List<String> problems = new ArrayList<>();
        internal.forEach((topic, count) -> {
            if (count != input) {
                problems.add("application.id: its state is of " + count + " partitions, and "
                        + settings.topics().name(TopicRole.EVENTS) + " has " + input + RESET_HINT + topic);
            }
        });
        boolean isRepartitioned = settings.input().userFrom() == SessionizerSettings.UserFrom.PAYLOAD;
        if (!internal.isEmpty() && internal.containsKey(repartitionTopic()) != isRepartitioned) {
            problems.add("user.from: the state of application.id was built with the other setting" + RESET_HINT
                    + settings.input().userFrom().name().toLowerCase(Locale.ROOT));
        }
        return problems;
    }

    private List<String> internalTopics() {
        return List.of(
                applicationId + "-" + NodeNames.TIMELINES + "-changelog",
                applicationId + "-" + NodeNames.BOARD + "-changelog",
                repartitionTopic());
    }

    private String repartitionTopic() {
        return applicationId + "-" + NodeNames.BY_USER + "-repartition";
    }

    /**
     * Limits of the topics and of the producer.
     *
     * @param maxRequestBytes the producer's limit
     * @param newInternalBytes the limit of newly created internal topics
     */
    OutputLimits readLimits(int maxRequestBytes, int newInternalBytes) throws InterruptedException, ExecutionException {
        TopicSettings topics = settings.topics();
        int internalBytes = Math.min(maxRequestBytes, recordBytes(newInternalBytes));
        for (Config config :
                admin.configs(admin.partitions(internalTopics()).keySet()).values()) {
            internalBytes = Math.min(internalBytes, recordBytes(number(config, TopicConfig.MAX_MESSAGE_BYTES_CONFIG)));
        }
        Map<String, Config> configs = admin.configs(Set.of(
                topics.name(TopicRole.ENRICHED),
                topics.name(TopicRole.CONCLUDED),
                topics.name(TopicRole.DEAD_LETTER),
                topics.name(TopicRole.PROFILES),
                topics.name(TopicRole.BOARD)));
        return new OutputLimits(
                        limit(configs.get(topics.name(TopicRole.ENRICHED)), maxRequestBytes),
                        limit(configs.get(topics.name(TopicRole.CONCLUDED)), maxRequestBytes),
                        limit(configs.get(topics.name(TopicRole.DEAD_LETTER)), maxRequestBytes),
                        limit(configs.get(topics.name(TopicRole.PROFILES)), maxRequestBytes),
                        limit(configs.get(topics.name(TopicRole.BOARD)), maxRequestBytes),
                        internalBytes,
                        OutputLimits.MAX_USER_BYTES)
                .forUsersIn(settings.input().format());
    }

    private static OutputLimits.TopicLimit limit(Config topic, int maxRequestBytes) {
        return new OutputLimits.TopicLimit(
                Math.min(maxRequestBytes, recordBytes(number(topic, TopicConfig.MAX_MESSAGE_BYTES_CONFIG))),
                number(topic, TopicConfig.MESSAGE_TIMESTAMP_BEFORE_MAX_MS_CONFIG),
                number(topic, TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG));
    }

    /** A topic's limit applies to compressed batches: incompressible records grow by the compressor's framing. */
    private static int recordBytes(long topicBytes) {
        return (int) Math.max(0, topicBytes - topicBytes / 256 - 128);
    }

    private static long number(Config topic, String key) {
        return Long.parseLong(TopicAdmin.value(topic, key));
    }
}
