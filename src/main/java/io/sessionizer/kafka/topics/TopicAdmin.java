package io.sessionizer.kafka.topics;

import io.sessionizer.kafka.config.CannotStartException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Describes and creates topics. Their requirements are left to {@link TopicProvisioner}. */
final class TopicAdmin {
    private static final Logger LOG = LoggerFactory.getLogger(TopicAdmin.class);
    private static final long RETRY_INTERVAL_MS = 100;
    private static final long VISIBLE_TIMEOUT_NANOS = 10_000_000_000L;

    private final Admin admin;

    TopicAdmin(Admin admin) {
        this.admin = admin;
    }

    /** Number of partitions of each topic that exists. */
    Map<String, Integer> partitions(Collection<String> names) throws InterruptedException, ExecutionException {
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

    /** The description of the topic with this name, which must exist. */
    TopicDescription description(String name) throws InterruptedException, ExecutionException {
        return admin.describeTopics(List.of(name)).allTopicNames().get().get(name);
    }

    /** Configurations of existing topics. */
    Map<String, Config> configs(Collection<String> names) throws InterruptedException, ExecutionException {
        List<ConfigResource> resources = names.stream()
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList();
        return admin.describeConfigs(resources).all().get().entrySet().stream()
                .collect(Collectors.toMap(topic -> topic.getKey().name(), Map.Entry::getValue));
    }

    /** The value of a topic setting that exists since Kafka 3.6. */
    static String value(Config topic, String key) {
        ConfigEntry entry = topic.get(key);
        if (entry == null) {
            throw new CannotStartException("The brokers must be of Kafka 3.6 or later. Found: topics without " + key);
        }
        return entry.value();
    }

    /**
     * Creates a topic, unless another instance has just created it.
     *
     * @return its number of partitions
     */
    int create(NewTopic topic) throws InterruptedException, ExecutionException {
        try {
            admin.createTopics(List.of(topic)).all().get();
            LOG.info("Created topic {}", topic.name());
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
        return awaitVisible(topic.name());
    }

    /** A new topic is not immediately visible on every broker. */
    private int awaitVisible(String topic) throws InterruptedException, ExecutionException {
        long started = System.nanoTime();
        Map<String, Integer> partitions = partitions(Set.of(topic));
        while (partitions.isEmpty()) {
            if (System.nanoTime() - started > VISIBLE_TIMEOUT_NANOS) {
                throw new CannotStartException("Topic " + topic + " was created, but no broker shows it yet.");
            }
            TimeUnit.MILLISECONDS.sleep(RETRY_INTERVAL_MS);
            partitions = partitions(Set.of(topic));
        }
        return partitions.get(topic);
    }
}
