package io.sessionizer.kafka;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
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

    private static final String AFRESH = "; give a new application.id to start afresh, or reset this one with"
            + " kafka-streams-application-reset and delete its state.dir on every instance. Found: ";
    private static final long LOOK_AGAIN_MS = 100;
    private static final long VISIBLE_WITHIN_NANOS = 10_000_000_000L;

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
            partitions.putAll(awaitVisible(topics.events()));
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
            throw new CannotStartException(problems);
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

    /** State is kept by partition of the input, and by where the user stands: once there is some, both are fixed. */
    private List<String> misfitsOfState(int input) throws InterruptedException, ExecutionException {
        Map<String, Integer> internal = partitions(internalTopics());
        List<String> problems = new ArrayList<>();
        internal.forEach((topic, count) -> {
            if (count != input) {
                problems.add("application.id: its state is of " + count + " partitions, and "
                        + settings.topics().events() + " has " + input + AFRESH + topic);
            }
        });
        boolean isRouted = settings.userFrom() == Settings.UserFrom.PAYLOAD;
        if (!internal.isEmpty() && internal.containsKey(repartitionTopic()) != isRouted) {
            problems.add("user.from: the state of application.id was built with the other setting" + AFRESH
                    + settings.userFrom().name().toLowerCase(Locale.ROOT));
        }
        return problems;
    }

    private List<String> internalTopics() {
        return List.of(
                applicationId + "-" + Names.TIMELINES + "-changelog",
                applicationId + "-" + Names.DEADLINES + "-changelog",
                applicationId + "-" + Names.BOARD + "-changelog",
                repartitionTopic());
    }

    private String repartitionTopic() {
        return applicationId + "-" + Names.BY_USER + "-repartition";
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
                    List.of(key + ": must exist, since topics.create is false. Found: no topic " + topic.name()));
        }
        try {
            admin.createTopics(List.of(topic)).all().get();
            LOG.info("Created topic {}", topic.name());
        } catch (ExecutionException e) {
            // another instance that starts now may have been faster
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
        awaitVisible(topic.name());
    }

    /** A new topic is not at once known to every broker. */
    private Map<String, Integer> awaitVisible(String topic) throws InterruptedException, ExecutionException {
        long started = System.nanoTime();
        Map<String, Integer> partitions = partitions(Set.of(topic));
        while (partitions.isEmpty()) {
            if (System.nanoTime() - started > VISIBLE_WITHIN_NANOS) {
                throw new CannotStartException(List.of("Topic " + topic + " was created, but no broker shows it yet."));
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MS);
            partitions = partitions(Set.of(topic));
        }
        return partitions;
    }

    /**
     * What the topics take, and what the producer sends at most.
     *
     * @param maxRequestBytes the producer's limit
     * @param newInternalBytes the limit that internal topics are created with
     */
    OutputLimits limits(int maxRequestBytes, int newInternalBytes) throws InterruptedException, ExecutionException {
        Settings.TopicSettings topics = settings.topics();
        int internalBytes = Math.min(maxRequestBytes, recordBytes(newInternalBytes));
        for (Config config : configs(partitions(internalTopics()).keySet()).values()) {
            internalBytes = Math.min(internalBytes, recordBytes(number(config, TopicConfig.MAX_MESSAGE_BYTES_CONFIG)));
        }
        Map<String, Config> configs = configs(
                Set.of(topics.enriched(), topics.concluded(), topics.deadLetter(), topics.profiles(), topics.board()));
        return new OutputLimits(
                        limit(configs.get(topics.enriched()), maxRequestBytes),
                        limit(configs.get(topics.concluded()), maxRequestBytes),
                        limit(configs.get(topics.deadLetter()), maxRequestBytes),
                        limit(configs.get(topics.profiles()), maxRequestBytes),
                        limit(configs.get(topics.board()), maxRequestBytes),
                        internalBytes,
                        OutputLimits.LONGEST_USER)
                .forUsersIn(settings.format());
    }

    private Map<String, Config> configs(Collection<String> names) throws InterruptedException, ExecutionException {
        List<ConfigResource> resources = names.stream()
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList();
        return admin.describeConfigs(resources).all().get().entrySet().stream()
                .collect(Collectors.toMap(topic -> topic.getKey().name(), Map.Entry::getValue));
    }

    private static OutputLimits.Limit limit(Config topic, int maxRequestBytes) {
        return new OutputLimits.Limit(
                Math.min(maxRequestBytes, recordBytes(number(topic, TopicConfig.MAX_MESSAGE_BYTES_CONFIG))),
                number(topic, TopicConfig.MESSAGE_TIMESTAMP_BEFORE_MAX_MS_CONFIG),
                number(topic, TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG));
    }

    /** A topic's limit is of compressed batches: what does not compress grows by a compressor's frame. */
    private static int recordBytes(long topicBytes) {
        return (int) Math.max(0, topicBytes - topicBytes / 256 - 128);
    }

    private static long number(Config topic, String key) {
        ConfigEntry entry = topic.get(key);
        if (entry == null) {
            throw new CannotStartException(
                    List.of("The brokers must be of Kafka 3.6 or later. Found: topics without " + key));
        }
        return Long.parseLong(entry.value());
    }
}
