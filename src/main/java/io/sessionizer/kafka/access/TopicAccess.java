package io.sessionizer.kafka.access;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Queries the brokers for the rights on topics. */
final class TopicAccess {
    private final Admin admin;

    TopicAccess(Admin admin) {
        this.admin = admin;
    }

    /**
     * The responses of the brokers.
     *
     * @param operations the operations allowed on existing topics that may be described
     * @param undescribed topics that may not be described: they may exist or not
     * @param unconfigured topics whose configuration may not be described
     * @param uncreated topics that do not exist, or may not exist, and may not be created
     */
    record Answers(
            Map<String, Set<AclOperation>> operations,
            Set<String> undescribed,
            Set<String> unconfigured,
            Set<String> uncreated) {
        /** Whether this right is missing on its topic, as far as that is known. */
        boolean isMissing(Right right) {
            String topic = right.resource().name();
            if (right.operation() == AclOperation.DESCRIBE_CONFIGS) {
                return unconfigured.contains(topic);
            }
            return undescribed.contains(topic)
                    || operations.containsKey(topic) && !operations.get(topic).contains(right.operation());
        }

        /**
         * The message that this right to create a topic is missing, in one line; empty if it is not, or if the topic
         * exists.
         */
        Optional<String> missingCreation(Right right) {
            String topic = right.resource().name();
            return uncreated.contains(topic)
                    ? Optional.of(undescribed.contains(topic) ? right.missingUnlessItExists() : right.missing())
                    : Optional.empty();
        }
    }

    /** @param creation the rights to create those that do not exist */
    Answers ask(Set<String> topics, List<Right> creation) throws InterruptedException, ExecutionException {
        Map<String, Set<AclOperation>> operations = new HashMap<>();
        Set<String> undescribed = new HashSet<>();
        DescribeTopicsOptions options = new DescribeTopicsOptions().includeAuthorizedOperations(true);
        for (var topic : admin.describeTopics(topics, options).topicNameValues().entrySet()) {
            Answer<TopicDescription> answer = Answer.of(topic.getValue());
            if (answer.isRefused()) {
                undescribed.add(topic.getKey());
            }
            answer.value()
                    // brokers without an authorizer may leave it out
                    .flatMap(description -> Optional.ofNullable(description.authorizedOperations()))
                    .ifPresent(allowed -> operations.put(topic.getKey(), allowed));
        }
        Set<String> absent = new HashSet<>(topics);
        absent.removeAll(operations.keySet());
        Set<String> uncreated = uncreated(creation.stream()
                .map(right -> right.resource().name())
                .filter(absent::contains)
                .toList());
        return new Answers(operations, undescribed, unconfigured(topics), uncreated);
    }

    private Set<String> unconfigured(Collection<String> topics) throws InterruptedException, ExecutionException {
        Set<String> refused = new HashSet<>();
        List<ConfigResource> resources = topics.stream()
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList();
        for (var topic : admin.describeConfigs(resources).values().entrySet()) {
            if (Answer.of(topic.getValue()).isRefused()) {
                refused.add(topic.getKey().name());
            }
        }
        return refused;
    }

    /** Validates only: nothing is created. */
    private Set<String> uncreated(Collection<String> topics) throws InterruptedException {
        Set<String> refused = new HashSet<>();
        List<NewTopic> wanted = topics.stream()
                .map(name -> new NewTopic(name, Optional.empty(), Optional.empty()))
                .toList();
        CreateTopicsOptions options = new CreateTopicsOptions().validateOnly(true);
        for (var topic : admin.createTopics(wanted, options).values().entrySet()) {
            if (isRefused(topic.getValue())) {
                refused.add(topic.getKey());
            }
        }
        return refused;
    }

    /** Whether a right is missing; other failures give no information about rights. */
    static boolean isRefused(KafkaFuture<?> answer) throws InterruptedException {
        try {
            answer.get();
            return false;
        } catch (ExecutionException e) {
            return e.getCause() instanceof AuthorizationException;
        }
    }

    /**
     * The response of the brokers to one request.
     *
     * @param value empty if the request is denied, or there is no such topic
     */
    private record Answer<T>(Optional<T> value, boolean isRefused) {
        static <T> Answer<T> of(KafkaFuture<T> future) throws InterruptedException, ExecutionException {
            try {
                return new Answer<>(Optional.ofNullable(future.get()), false);
            } catch (ExecutionException e) {
                if (e.getCause() instanceof AuthorizationException) {
                    return new Answer<>(Optional.empty(), true);
                }
                if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                    return new Answer<>(Optional.empty(), false);
                }
                throw e;
            }
        }
    }
}
