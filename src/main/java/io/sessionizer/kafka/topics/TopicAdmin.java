package io.sessionizer.kafka.topics;

import io.sessionizer.kafka.config.CannotStartException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
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

    /** The size of each topic that exists. */
    Map<String, TopicSize> sizes(Collection<String> names) throws InterruptedException, ExecutionException {
        return ofExisting(names, TopicSize::of);
    }

    /** The id of each topic that exists. */
    Map<String, UUID> ids(Collection<String> names) throws InterruptedException, ExecutionException {
        return ofExisting(names, InputTopic::id);
    }

    private <T> Map<String, T> ofExisting(Collection<String> names, Function<TopicDescription, T> property)
            throws InterruptedException, ExecutionException {
        Map<String, T> properties = new HashMap<>();
        for (var topic : admin.describeTopics(names).topicNameValues().entrySet()) {
            try {
                properties.put(topic.getKey(), property.apply(topic.getValue().get()));
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw e;
                }
            }
        }
        return properties;
    }

    /** Whether Kafka Streams has committed a position of the topic for the group: tools leave the metadata empty. */
    boolean hasCommitted(String group, String topic) throws InterruptedException, ExecutionException {
        return admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get().entrySet().stream()
                .anyMatch(position -> position.getKey().topic().equals(topic)
                        && position.getValue() != null
                        && !position.getValue().metadata().isEmpty());
    }

    /** Whether the topic exists; also false if the service may not know. Needs no right on it. */
    boolean isListed(String name) throws InterruptedException, ExecutionException {
        return admin.listTopics().names().get().contains(name);
    }

    /** The description of the topic with this name, which must exist. */
    TopicDescription description(String name) throws InterruptedException, ExecutionException {
        List<String> topic = List.of(name);
        return onceVisible(
                topic, () -> admin.describeTopics(topic).allTopicNames().get().get(name));
    }

    /** Configurations of topics that exist, though not every broker may know them yet. */
    Map<String, Config> configs(Collection<String> names) throws InterruptedException, ExecutionException {
        List<ConfigResource> resources = names.stream()
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList();
        return onceVisible(
                names,
                () -> admin.describeConfigs(resources).all().get().entrySet().stream()
                        .collect(Collectors.toMap(topic -> topic.getKey().name(), Map.Entry::getValue)));
    }

    /** The value of a topic setting that exists since Kafka 3.6. */
    static String value(Config topic, String key) {
        ConfigEntry entry = topic.get(key);
        if (entry == null) {
            throw new CannotStartException("The brokers must run Kafka 3.6 or later. Found: topics without " + key);
        }
        return entry.value();
    }

    /** As {@link #value}, as a number. */
    static long number(Config topic, String key) {
        return Long.parseLong(value(topic, key));
    }

    /** Creates a topic, unless another instance has just created it, and returns its size. */
    TopicSize create(NewTopic topic) throws InterruptedException, ExecutionException {
        try {
            admin.createTopics(List.of(topic)).all().get();
            LOG.info("Created topic {}", topic.name());
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
        List<String> name = List.of(topic.name());
        return onceVisible(
                name,
                () -> TopicSize.of(
                        admin.describeTopics(name).allTopicNames().get().get(topic.name())));
    }

    /** Brokers learn of a new topic at different times, and each request may go to a different broker. */
    private static <T> T onceVisible(Collection<String> topics, Question<T> question)
            throws InterruptedException, ExecutionException {
        long started = System.nanoTime();
        while (true) {
            try {
                return question.ask();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw e;
                }
                if (System.nanoTime() - started > VISIBLE_TIMEOUT_NANOS) {
                    throw new CannotStartException("topics: every broker must know them within "
                            + TimeUnit.NANOSECONDS.toSeconds(VISIBLE_TIMEOUT_NANOS)
                            + " s of their creation. Found: one that does not know all of " + topics);
                }
            }
            TimeUnit.MILLISECONDS.sleep(RETRY_INTERVAL_MS);
        }
    }

    /** A request to a broker. */
    private interface Question<T> {
        T ask() throws InterruptedException, ExecutionException;
    }
}
