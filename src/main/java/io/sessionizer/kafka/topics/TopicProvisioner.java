package io.sessionizer.kafka.topics;

import io.sessionizer.kafka.config.CannotStartException;
import io.sessionizer.kafka.config.NodeNames;
import io.sessionizer.kafka.config.SessionizerSettings;
import io.sessionizer.kafka.config.TopicRole;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.record.TimestampType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares the topics with what the service needs, creates those that are missing, and reads what they accept: three
 * steps, to be called in this order at startup. Only the second writes.
 */
final class TopicProvisioner {
    private static final Logger LOG = LoggerFactory.getLogger(TopicProvisioner.class);
    private static final String LOG_APPEND_TIME = TimestampType.LOG_APPEND_TIME.name;
    private final TopicAdmin admin;
    private final SessionizerSettings settings;
    private final String applicationId;
    private final List<TopicSpec> specs;
    private final String events;
    private final boolean isRepartitioned;

    TopicProvisioner(Admin admin, SessionizerSettings settings, String applicationId) {
        this.admin = new TopicAdmin(admin);
        this.settings = settings;
        this.applicationId = applicationId;
        this.specs = TopicSpec.all(settings.topics());
        this.events = settings.topics().name(TopicRole.EVENTS);
        this.isRepartitioned = settings.input().userFrom() == SessionizerSettings.UserFrom.PAYLOAD;
    }

    /**
     * The problems of the topics, one line each: those that are missing if the service may not create them, otherwise
     * those that do not fit. While the input is missing, nothing is compared with its number of partitions. Reads only.
     */
    List<String> problems() throws InterruptedException, ExecutionException {
        Map<String, TopicSize> existing = existing();
        List<String> missing = missing(existing);
        return missing.isEmpty() ? mismatches(existing) : missing;
    }

    /**
     * Creates the topics that are missing: the input first, since others get as many partitions as it has.
     *
     * @return the input
     * @throws CannotStartException if one is missing and may not be created, or if one that was just created, here or
     *     by another instance, does not fit
     */
    InputTopic createMissing() throws InterruptedException, ExecutionException {
        Map<String, TopicSize> existing = existing();
        CannotStartException.throwIfAny(missing(existing));
        if (!existing.containsKey(events)) {
            existing.put(events, create(spec(TopicRole.EVENTS), Optional.empty()));
            CannotStartException.throwIfAny(mismatches(existing));
        }
        int input = existing.get(events).partitions();
        boolean isComplete = true;
        for (TopicSpec topic : specs) {
            if (!existing.containsKey(topic.name())) {
                existing.put(topic.name(), create(topic, Optional.of(input)));
                isComplete = false;
            }
        }
        if (!isComplete) {
            CannotStartException.throwIfAny(mismatches(existing));
        }
        return InputTopic.of(admin.description(events));
    }

    /** The id of the board topic, which must exist. */
    UUID boardId() throws InterruptedException, ExecutionException {
        return InputTopic.id(admin.description(spec(TopicRole.BOARD).name()));
    }

    /** The names of the topics that the start would create. */
    List<String> missingTopics() throws InterruptedException, ExecutionException {
        Map<String, TopicSize> existing = existing();
        return specs.stream()
                .map(TopicSpec::name)
                .filter(name -> !existing.containsKey(name))
                .toList();
    }

    private Map<String, TopicSize> existing() throws InterruptedException, ExecutionException {
        return admin.sizes(specs.stream().map(TopicSpec::name).toList());
    }

    private List<String> missing(Map<String, TopicSize> existing) {
        if (settings.topics().create()) {
            return List.of();
        }
        return specs.stream()
                .filter(topic -> !existing.containsKey(topic.name()))
                .map(topic -> topic.role().key() + ": must exist, since topics.create is false. Found: no topic "
                        + topic.name())
                .toList();
    }

    private TopicSpec spec(TopicRole role) {
        return specs.stream().filter(topic -> topic.role() == role).findFirst().orElseThrow();
    }

    private TopicSize create(TopicSpec topic, Optional<Integer> input) throws InterruptedException, ExecutionException {
        short factor = settings.topics().replicationFactor();
        return admin.create(topic.toNewTopic(input, factor < 1 ? Optional.empty() : Optional.of(factor)));
    }

    private List<String> mismatches(Map<String, TopicSize> existing) throws InterruptedException, ExecutionException {
        Optional<Integer> input = Optional.ofNullable(existing.get(events)).map(TopicSize::partitions);
        Map<String, Config> configs = admin.configs(existing.keySet());
        Map<String, TopicSize> internal = admin.sizes(internal());
        Optional<String> changedInput = input.flatMap(count -> changedInput(count, internal));
        List<String> problems = new ArrayList<>(changedInput.stream().toList());
        for (TopicSpec topic : specs) {
            if (existing.containsKey(topic.name())) {
                Config config = configs.get(topic.name());
                TopicSize size = existing.get(topic.name());
                // if the input has changed, output topics that fit the state do not fit the input
                input.filter(count -> changedInput.isEmpty())
                        .flatMap(count -> topic.mismatch(events, count, size.partitions()))
                        .ifPresent(problems::add);
                topic.mismatch(TopicAdmin.value(config, TopicConfig.CLEANUP_POLICY_CONFIG))
                        .ifPresent(problems::add);
                if (OutputLimits.ROLES.contains(topic.role())) {
                    problems.addAll(
                            new WritableTopic(topic.role().key(), topic.name(), size.replicas(), config).problems());
                }
            }
        }
        userFromMismatch(internal).ifPresent(problems::add);
        problems.addAll(new StateTopics(applicationId, admin).problems(events));
        return problems;
    }

    /** State belongs to a partition of the input: once there is some, the number of partitions is fixed. */
    private Optional<String> changedInput(int partitions, Map<String, TopicSize> internal) {
        return internal().stream()
                .filter(internal::containsKey)
                .filter(topic -> internal.get(topic).partitions() != partitions)
                .map(topic -> InputTopic.partitionMismatch(
                        events, partitions, internal.get(topic).partitions(), topic))
                .findFirst();
    }

    /** State depends on where the user is read from. */
    private Optional<String> userFromMismatch(Map<String, TopicSize> internal)
            throws InterruptedException, ExecutionException {
        String repartitionTopic = NodeNames.byUserTopic(applicationId);
        boolean hasOtherState =
                isRepartitioned ? !internal.containsKey(repartitionTopic) : admin.isListed(repartitionTopic);
        return internal.isEmpty() || !hasOtherState
                ? Optional.empty()
                : Optional.of("user.from: the state of application.id was built with the other setting"
                        + InputTopic.RESET_HINT
                        + settings.input().userFrom().name().toLowerCase(Locale.ROOT));
    }

    /** The id of each internal topic that exists. */
    Map<String, UUID> internalIds() throws InterruptedException, ExecutionException {
        return admin.ids(internal());
    }

    private List<String> internal() {
        return NodeNames.internalTopics(applicationId, isRepartitioned);
    }

    /**
     * What the topics accept, and what the producer sends at most.
     *
     * @param maxRequestBytes the producer's limit
     * @param newInternalBytes the limit of newly created internal topics
     */
    OutputLimits limits(int maxRequestBytes, int newInternalBytes) throws InterruptedException, ExecutionException {
        return limits(outputs(), maxRequestBytes, newInternalBytes);
    }

    /** Like {@link #limits}, but missing topics are assumed to have Kafka's defaults. */
    OutputLimits expectedLimits(int maxRequestBytes, int newInternalBytes)
            throws InterruptedException, ExecutionException {
        return limits(existingOutputs(), maxRequestBytes, newInternalBytes);
    }

    private Map<TopicRole, String> existingOutputs() throws InterruptedException, ExecutionException {
        Map<TopicRole, String> outputs = outputs();
        outputs.values().retainAll(admin.sizes(outputs.values()).keySet());
        return outputs;
    }

    private OutputLimits limits(Map<TopicRole, String> outputs, int maxRequestBytes, int newInternalBytes)
            throws InterruptedException, ExecutionException {
        int internalBytes = TopicLimit.recordBytes(newInternalBytes);
        for (Config config : admin.configs(admin.sizes(internal()).keySet()).values()) {
            internalBytes = Math.min(
                    internalBytes,
                    TopicLimit.recordBytes(TopicAdmin.number(config, TopicConfig.MAX_MESSAGE_BYTES_CONFIG)));
        }
        Map<TopicRole, TopicLimit> limits = new EnumMap<>(TopicRole.class);
        configs(outputs).forEach((role, config) -> limits.put(role, limit(config, maxRequestBytes)));
        return OutputLimits.ofKafkaDefaults(maxRequestBytes, internalBytes)
                .with(limits)
                .forUsersIn(settings.input().format());
    }

    private Map<TopicRole, String> outputs() {
        Map<TopicRole, String> outputs = new EnumMap<>(settings.topics().names());
        outputs.keySet().retainAll(OutputLimits.ROLES);
        return outputs;
    }

    private Map<TopicRole, Config> configs(Map<TopicRole, String> topics)
            throws InterruptedException, ExecutionException {
        Map<String, Config> configs = admin.configs(topics.values());
        Map<TopicRole, Config> byRole = new EnumMap<>(TopicRole.class);
        topics.forEach((role, name) -> byRole.put(role, configs.get(name)));
        return byRole;
    }

    private static TopicLimit limit(Config topic, int maxRequestBytes) {
        return new TopicLimit(
                Math.min(
                        maxRequestBytes,
                        TopicLimit.recordBytes(TopicAdmin.number(topic, TopicConfig.MAX_MESSAGE_BYTES_CONFIG))),
                TopicAdmin.number(topic, TopicConfig.MESSAGE_TIMESTAMP_BEFORE_MAX_MS_CONFIG),
                TopicAdmin.number(topic, TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG),
                retentionMs(topic));
    }

    /** A topic that is only compacted keeps a key's last record, however old it is. */
    private static long retentionMs(Config topic) {
        boolean isDeleted =
                TopicAdmin.value(topic, TopicConfig.CLEANUP_POLICY_CONFIG).contains(TopicConfig.CLEANUP_POLICY_DELETE);
        long retentionMs = TopicAdmin.number(topic, TopicConfig.RETENTION_MS_CONFIG);
        return isDeleted && retentionMs >= 0 ? retentionMs : Long.MAX_VALUE;
    }

    /** Logs {@link #appendTimeWarnings}. */
    void logAppendTime() throws InterruptedException, ExecutionException {
        appendTimeWarnings().forEach(LOG::warn);
    }

    /** The output topics that are accepted although their records do not carry event time, one line each. */
    List<String> appendTimeWarnings() throws InterruptedException, ExecutionException {
        return configs(existingOutputs()).entrySet().stream()
                .filter(topic -> TopicAdmin.value(topic.getValue(), TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG)
                        .equals(LOG_APPEND_TIME))
                .map(topic -> settings.topics().name(topic.getKey()) + " has message.timestamp.type=" + LOG_APPEND_TIME
                        + ": its records carry the time of the write instead of event time, and its retention counts"
                        + " from the write")
                .toList();
    }
}
