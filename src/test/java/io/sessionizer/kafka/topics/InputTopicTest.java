package io.sessionizer.kafka.topics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class InputTopicTest {
    private static final InputTopic TOPIC = new InputTopic("events", new UUID(1, 2), 4);

    @Test
    void acceptsTheSameTopic() {
        assertEquals(Optional.empty(), TOPIC.violation(new InputTopic("events", new UUID(1, 2), 4)));
    }

    @Test
    void namesBothNumbersOfPartitions_andWhatToDo() {
        assertEquals(
                Optional.of(
                        "application.id: its state is for 4 partitions, but events has 6; give a new application.id,"
                                + " which reads the topic from its start, or reset this one with"
                                + " kafka-streams-application-reset and delete its state.dir on every instance. Found:"
                                + " partitions were added"),
                TOPIC.violation(TOPIC.with(6)));
    }

    /** Whatever its number of partitions. */
    @Test
    void rejectsAnotherTopicOfTheSameName() {
        assertEquals(
                Optional.of(
                        "events: must be the topic that has been read so far. Found: another topic of that name; run"
                                + " --accept-positions reads it from its start"),
                TOPIC.violation(new InputTopic("events", new UUID(1, 3), 6)));
    }
}
