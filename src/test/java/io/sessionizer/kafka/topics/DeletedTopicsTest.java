package io.sessionizer.kafka.topics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DeletedTopicsTest {
    private static final UUID FIRST = new UUID(1, 1);
    private static final UUID SECOND = new UUID(2, 2);

    private final DeletedTopics topics = new DeletedTopics();

    @Test
    void findsNone_whileTopicsAppearAndStay() {
        assertEquals(Optional.empty(), topics.find(Map.of()));
        assertEquals(Optional.empty(), topics.find(Map.of("a", FIRST)));
        assertEquals(Optional.empty(), topics.find(Map.of("a", FIRST, "b", SECOND)));
        assertEquals(Optional.empty(), topics.find(Map.of("a", FIRST, "b", SECOND)));
    }

    @Test
    void findsATopicOfTheSameName_atOnce() {
        topics.find(Map.of("a", FIRST));
        assertEquals(Optional.of("a"), topics.find(Map.of("a", SECOND)));
        assertEquals(Optional.of("a"), topics.find(Map.of("a", SECOND)), "also when asked again");
    }

    @Test
    void findsAMissingTopic_whenItIsMissingTwiceInARow() {
        topics.find(Map.of("a", FIRST));
        assertEquals(Optional.empty(), topics.find(Map.of()), "this broker may not know it yet");
        assertEquals(Optional.empty(), topics.find(Map.of("a", FIRST)));
        assertEquals(Optional.empty(), topics.find(Map.of()));
        assertEquals(Optional.of("a"), topics.find(Map.of()));
    }
}
