package io.sessionizer.kafka;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The topics as the broker has them: creates what is missing, refuses what does not fit, and reads what they take. */
final class Topics {
    private static final Logger LOG = LoggerFactory.getLogger(Topics.class);

    private final Admin admin;
    private final Settings settings;
    private final String applicationId;

    Topics(Admin admin, Settings settings, String applicationId) {
        this.admin = admin;
        this.settings = settings;
        this.applicationId = applicationId;
    }

    /**
     * Makes all topics stand as the service needs them.
     *
     * @return how many partitions the input topic has
     * @throws CannotStartException if one is missing and not to be created, or does not fit
     */
    int prepare() throws InterruptedException, ExecutionException {
        Settings.TopicSettings topics = settings.topics();
        Map<String, Integer> partitions =
                partitions(List.of(topics.events(), topics.enriched(), topics.concluded(), topics.deadLetter()));
        if (!partitions.containsKey(topics.events())) {
            create("events.topic", new NewTopic(topics.events(), Optional.empty(), replication()));
            partitions.putAll(partitions(List.of(topics.events())));
        }
        int input = partitions.get(topics.events());
        List<String> problems = new ArrayList<>();
        Map<String, String> perUser =
                Map.of("enriched.topic", topics.enriched(), "concluded.topic", topics.concluded());
        perUser.forEach((key, topic) -> {
            if (partitions.containsKey(topic) && partitions.get(topic) != input) {
                problems.add(key + ": must have as many partitions as " + topics.events() + ", " + input
                        + "; add the missing ones with kafka-topics --alter, or name another topic. Found: " + topic
                        + " with " + partitions.get(topic));
            }
        });
        problems.addAll(misfitsOfState(input));
        if (!problems.isEmpty()) {
            throw new CannotStartException(String.join(System.lineSeparator(), problems));
        }
        for (Map.Entry<String, String> output : perUser.entrySet()) {
            if (!partitions.containsKey(output.getValue())) {
                create(output.getKey(), output(output.getValue(), Optional.of(input)));
            }
        }
        if (!partitions.containsKey(topics.deadLetter())) {
            create("dead.letter.topic", output(topics.deadLetter(), Optional.empty()));
        }
        return input;
    }

    /** State is kept by partition of the input: once there is some, the number is fixed. */
    private List<String> misfitsOfState(int input) throws InterruptedException, ExecutionException {
        List<String> internal = List.of(
                applicationId + "-" + Names.TIMELINES + "-changelog",
                applicationId + "-" + Names.DEADLINES + "-changelog",
                applicationId + "-" + Names.BY_USER + "-repartition");
        return partitions(internal).entrySet().stream()
                .filter(topic -> topic.getValue() != input)
                .map(topic -> "application.id: its state is of " + topic.getValue() + " partitions, and "
                        + settings.topics().events() + " has " + input
                        + "; give a new application.id to start afresh, or reset this one with"
                        + " kafka-streams-application-reset. Found: " + topic.getKey())
                .toList();
    }

    private Map<String, Integer> partitions(Collection<String> names) throws InterruptedException, ExecutionException {
        Map<String, Integer> partitions = new HashMap<>();
        for (var topic : admin.describeTopics(names).topicNameValues().entrySet()) {
            try {
                TopicDescription description = topic.getValue().get();
                partitions.put(topic.getKey(), description.partitions().size());
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw e;
                }
            }
        }
        return partitions;
    }

    private NewTopic output(String name, Optional<Integer> partitions) {
        // records bear event time, so the broker's own retention would count from the activity and delete history at
        // once
        return new NewTopic(name, partitions, replication())
                .configs(Map.of(
                        TopicConfig.RETENTION_MS_CONFIG,
                        Long.toString(settings.topics().retentionMs())));
    }

    private Optional<Short> replication() {
        short factor = settings.topics().replicationFactor();
        return factor < 1 ? Optional.empty() : Optional.of(factor);
    }

    private void create(String key, NewTopic topic) throws InterruptedException, ExecutionException {
        if (!settings.topics().create()) {
            throw new CannotStartException(
                    key + ": must exist, since topics.create is false. Found: no topic " + topic.name());
        }
        try {
            admin.createTopics(List.of(topic)).all().get();
            awaitVisible(topic.name());
            LOG.info("Created topic {}", topic.name());
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }

    /** A new topic is not at once known to every broker. */
    private void awaitVisible(String topic) throws InterruptedException, ExecutionException {
        long until = System.nanoTime() + 10_000_000_000L;
        boolean isKnown;
        do {
            isKnown = !partitions(Set.of(topic)).isEmpty();
        } while (!isKnown && System.nanoTime() < until);
    }

    /** What the output topics take, and what the producer sends at most. */
    OutputLimits limits(int maxRequestBytes) throws InterruptedException, ExecutionException {
        Settings.TopicSettings topics = settings.topics();
        Set<String> names = new HashSet<>(List.of(topics.enriched(), topics.concluded(), topics.deadLetter()));
        Map<String, Config> configs = admin
                .describeConfigs(names.stream()
                        .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                        .toList())
                .all()
                .get()
                .entrySet()
                .stream()
                .collect(Collectors.toMap(topic -> topic.getKey().name(), Map.Entry::getValue));
        return OutputLimits.of(
                limit(configs.get(topics.enriched()), maxRequestBytes),
                limit(configs.get(topics.concluded()), maxRequestBytes),
                limit(configs.get(topics.deadLetter()), maxRequestBytes));
    }

    private static OutputLimits.Limit limit(Config topic, int maxRequestBytes) {
        int topicBytes = (int) number(topic, TopicConfig.MAX_MESSAGE_BYTES_CONFIG);
        // what does not compress grows by a compressor's frame
        int takenBytes = topicBytes - topicBytes / 256 - 128;
        return new OutputLimits.Limit(
                Math.min(maxRequestBytes, takenBytes),
                number(topic, TopicConfig.MESSAGE_TIMESTAMP_BEFORE_MAX_MS_CONFIG),
                number(topic, TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG));
    }

    private static long number(Config topic, String key) {
        return Long.parseLong(topic.get(key).value());
    }
}
