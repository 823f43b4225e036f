package io.sessionizer.kafka.access;

import io.sessionizer.kafka.config.NodeNames;
import io.sessionizer.kafka.config.SessionizerSettings;
import io.sessionizer.kafka.config.SessionizerSettings.UserFrom;
import io.sessionizer.kafka.config.TopicRole;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.streams.StreamsConfig;

/**
 * The rights that the service needs, and those that it can do without. Rights that another one implies are left out:
 * Read, Write and Delete imply Describe.
 *
 * @param topics needed on topics that exist
 * @param creation needed to create those topics that do not exist
 * @param group needed on the consumer group
 * @param transactions needed on the transactional ids; none without transactions
 * @param optional rights that the service can do without, each with the function that is then missing
 */
public record RequiredRights(
        List<Right> topics, List<Right> creation, Right group, List<Right> transactions, Map<Right, String> optional) {
    private static final String APPLICATION_ID = StreamsConfig.APPLICATION_ID_CONFIG;

    /** The rights for these settings; {@code config} is the configuration of Kafka Streams. */
    public static RequiredRights of(SessionizerSettings settings, StreamsConfig config) {
        String applicationId = config.getString(APPLICATION_ID);
        List<String> internal =
                NodeNames.internalTopics(applicationId, settings.input().userFrom() == UserFrom.PAYLOAD);
        List<Right> topics = new ArrayList<>();
        List<Right> creation = new ArrayList<>();
        settings.topics().names().forEach((role, name) -> {
            operations(role).forEach(operation -> topics.add(topic(role.key(), name, operation)));
            if (settings.topics().create()) {
                creation.add(topic(role.key(), name, AclOperation.CREATE));
            }
        });
        for (String name : internal) {
            List.of(AclOperation.READ, AclOperation.WRITE, AclOperation.DESCRIBE_CONFIGS)
                    .forEach(operation -> topics.add(topic(APPLICATION_ID, name, operation)));
            creation.add(topic(APPLICATION_ID, name, AclOperation.CREATE));
        }
        ResourcePattern group = new ResourcePattern(ResourceType.GROUP, applicationId, PatternType.LITERAL);
        return new RequiredRights(
                topics,
                creation,
                new Right(APPLICATION_ID, group, AclOperation.READ),
                transactions(config, applicationId),
                optional(settings, applicationId));
    }

    private static List<AclOperation> operations(TopicRole role) {
        return switch (role) {
            case EVENTS, SETTINGS -> List.of(AclOperation.READ, AclOperation.DESCRIBE_CONFIGS);
            case ENRICHED, CONCLUDED, DEAD_LETTER, PROFILES, SESSIONS ->
                List.of(AclOperation.WRITE, AclOperation.DESCRIBE_CONFIGS);
            case BOARD -> List.of(AclOperation.READ, AclOperation.WRITE, AclOperation.DESCRIBE_CONFIGS);
        };
    }

    private static List<Right> transactions(StreamsConfig config, String applicationId) {
        boolean isExactlyOnce =
                StreamsConfig.EXACTLY_ONCE_V2.equals(config.getString(StreamsConfig.PROCESSING_GUARANTEE_CONFIG));
        ResourcePattern ids =
                new ResourcePattern(ResourceType.TRANSACTIONAL_ID, applicationId + "-", PatternType.PREFIXED);
        return isExactlyOnce ? List.of(new Right(APPLICATION_ID, ids, AclOperation.WRITE)) : List.of();
    }

    private static Map<Right, String> optional(SessionizerSettings settings, String applicationId) {
        Map<Right, String> optional = new LinkedHashMap<>();
        optional.put(write(settings, TopicRole.SETTINGS), "session tracking cannot be switched on a page or over HTTP");
        optional.put(write(settings, TopicRole.EVENTS), "users cannot be erased on a page or over HTTP");
        if (settings.input().userFrom() == UserFrom.PAYLOAD) {
            optional.put(
                    topic(APPLICATION_ID, NodeNames.byUserTopic(applicationId), AclOperation.DELETE),
                    "records are not deleted from the repartition topic after they have been read, and it grows");
        }
        return optional;
    }

    private static Right write(SessionizerSettings settings, TopicRole role) {
        return topic(role.key(), settings.topics().name(role), AclOperation.WRITE);
    }

    private static Right topic(String key, String name, AclOperation operation) {
        return new Right(key, new ResourcePattern(ResourceType.TOPIC, name, PatternType.LITERAL), operation);
    }

    /** The names of all topics that these rights are on. */
    Set<String> topicNames() {
        return topics.stream().map(right -> right.resource().name()).collect(Collectors.toSet());
    }
}
