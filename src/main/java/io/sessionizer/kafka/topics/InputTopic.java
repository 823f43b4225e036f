package io.sessionizer.kafka.topics;

import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.admin.TopicDescription;

/**
 * The input topic.
 *
 * @param name its name, which another topic may get once this one is deleted
 * @param id the id assigned by the brokers
 * @param partitions the number of partitions
 */
public record InputTopic(String name, UUID id, int partitions) {
    static final String RESET_HINT = "; give a new application.id, which reads the topic from its start, or reset"
            + " this one with kafka-streams-application-reset and delete its state.dir on every instance. Found: ";

    static InputTopic of(TopicDescription topic) {
        return new InputTopic(topic.name(), id(topic), topic.partitions().size());
    }

    /** A topic's id as Java's UUID. */
    static UUID id(TopicDescription topic) {
        return new UUID(
                topic.topicId().getMostSignificantBits(), topic.topicId().getLeastSignificantBits());
    }

    /** The same topic with this number of partitions. */
    public InputTopic with(int partitions) {
        return new InputTopic(name, id, partitions);
    }

    /** Why the service must not continue, in one line; empty if it may. */
    public Optional<String> violation(InputTopic now) {
        if (!now.id.equals(id)) {
            return Optional.of(
                    name + ": must be the topic that has been read so far. Found: another topic of that name;"
                            + " run --accept-positions reads it from its start");
        }
        return now.partitions == partitions
                ? Optional.empty()
                : Optional.of(partitionMismatch(name, now.partitions, partitions, "partitions were added"));
    }

    /** @param found where the number of partitions of the state comes from */
    static String partitionMismatch(String name, int partitions, int ofState, String found) {
        return "application.id: its state is for " + ofState + " partitions, but " + name + " has " + partitions
                + RESET_HINT + found;
    }
}
