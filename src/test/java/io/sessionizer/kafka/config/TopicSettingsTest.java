package io.sessionizer.kafka.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sessionizer.kafka.TestSettings;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TopicSettingsTest {
    private static final Map<TopicRole, String> NAMES =
            TestSettings.topics(true).names();

    @Test
    void namesTheTopicOfEachRole() {
        TopicSettings topics = new TopicSettings(NAMES, false, 1, (short) 2);

        NAMES.forEach((role, name) -> assertEquals(name, topics.name(role)));
        assertEquals("events-dead-letter", topics.name(TopicRole.DEAD_LETTER));
    }

    @Test
    void refusesARoleWithoutATopic() {
        for (TopicRole role : TopicRole.values()) {
            if (!role.isOptional()) {
                Map<TopicRole, String> names = new EnumMap<>(NAMES);
                names.remove(role);

                assertEquals(
                        "names: must name a topic for each role. Found: none for " + role,
                        assertThrows(
                                        IllegalArgumentException.class,
                                        () -> new TopicSettings(names, true, -1, (short) -1))
                                .getMessage());
            }
        }
    }

    @Test
    void needsNoSessionsTable() {
        TopicSettings without = new TopicSettings(NAMES, true, -1, (short) -1);
        Map<TopicRole, String> names = new EnumMap<>(NAMES);
        names.put(TopicRole.SESSIONS, "sessions");

        assertFalse(without.has(TopicRole.SESSIONS));
        assertEquals(
                "sessions.topic: must name a topic. Found: none",
                assertThrows(IllegalArgumentException.class, () -> without.name(TopicRole.SESSIONS))
                        .getMessage());
        assertEquals("sessions", new TopicSettings(names, true, -1, (short) -1).name(TopicRole.SESSIONS));
    }

    @Test
    void keepsItsNamesWhenTheCallersMapChanges() {
        Map<TopicRole, String> names = new EnumMap<>(NAMES);
        TopicSettings topics = new TopicSettings(names, true, -1, (short) -1);
        names.put(TopicRole.BOARD, "another");

        assertEquals("session-board", topics.name(TopicRole.BOARD));
    }
}
