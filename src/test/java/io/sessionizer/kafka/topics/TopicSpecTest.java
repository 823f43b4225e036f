package io.sessionizer.kafka.topics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.kafka.TestSettings;
import io.sessionizer.kafka.config.TopicRole;
import io.sessionizer.kafka.config.TopicSettings;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TopicSpecTest {
    private static final TopicSettings TOPICS = new TopicSettings(names(), true, 7, (short) -1);
    private static final Map<TopicRole, TopicSpec> SPECS =
            TopicSpec.all(TOPICS).stream().collect(Collectors.toMap(TopicSpec::role, Function.identity()));

    @Test
    void isOneForEachRole() {
        assertEquals(
                Arrays.asList(TopicRole.values()),
                TopicSpec.all(TOPICS).stream().map(TopicSpec::role).toList());
        SPECS.forEach((role, spec) -> assertEquals(TOPICS.name(role), spec.name()));
    }

    @Test
    void isNone_whereTheSessionsTableIsOff() {
        assertTrue(TopicSpec.all(TestSettings.topics(true)).stream()
                .noneMatch(spec -> spec.role().isOptional()));
    }

    @Test
    void createsAsManyPartitionsAsTheRoleNeeds() {
        assertEquals(-1, partitions(TopicRole.EVENTS));
        assertEquals(-1, partitions(TopicRole.DEAD_LETTER));
        for (TopicRole role :
                List.of(TopicRole.ENRICHED, TopicRole.CONCLUDED, TopicRole.PROFILES, TopicRole.SESSIONS)) {
            assertEquals(12, partitions(role), role.key());
        }
        assertEquals(1, partitions(TopicRole.SETTINGS));
        assertEquals(1, partitions(TopicRole.BOARD));
    }

    @Test
    void limitsTheRetentionOfOutputsThatAreNotCompacted() {
        for (TopicRole role : List.of(TopicRole.ENRICHED, TopicRole.CONCLUDED, TopicRole.DEAD_LETTER)) {
            assertEquals("7", SPECS.get(role).configs().get("retention.ms"), role.key());
        }
        assertEquals(Map.of(), SPECS.get(TopicRole.EVENTS).configs());
    }

    @Test
    void createsOutputsWithEventTime_whateverTheBrokersDefaultIs() {
        SPECS.forEach((role, spec) -> assertEquals(
                OutputLimits.ROLES.contains(role) ? "CreateTime" : null,
                spec.configs().get("message.timestamp.type"),
                role.key()));
    }

    @Test
    void comparesThePartitionsOfStampedAndConcludedEventsAlone() {
        SPECS.forEach((role, spec) -> assertEquals(
                role == TopicRole.ENRICHED || role == TopicRole.CONCLUDED,
                spec.mismatch("events", 3, 2).isPresent(),
                role.key()));
        SPECS.values().forEach(spec -> assertEquals(Optional.empty(), spec.mismatch("events", 3, 3)));
    }

    @Test
    void requiresCompactionWhereTheLastRecordOfAKeyIsNeeded() {
        for (TopicRole role : List.of(TopicRole.PROFILES, TopicRole.SESSIONS, TopicRole.SETTINGS, TopicRole.BOARD)) {
            TopicSpec spec = SPECS.get(role);
            assertEquals(Optional.empty(), spec.mismatch("compact"));
            assertTrue(spec.mismatch("delete").orElseThrow().startsWith(role.key() + ": must be compacted"));
            assertTrue(spec.mismatch("compact,delete").isPresent());
        }
        assertEquals(Optional.empty(), SPECS.get(TopicRole.EVENTS).mismatch("delete"));
    }

    /** One record without a key would be refused for ever. */
    @Test
    void refusesCompactionWhereARecordMayHaveNoKey() {
        for (TopicRole role : List.of(TopicRole.ENRICHED, TopicRole.CONCLUDED, TopicRole.DEAD_LETTER)) {
            TopicSpec spec = SPECS.get(role);
            assertEquals(Optional.empty(), spec.mismatch("delete"));
            assertTrue(spec.mismatch("compact").orElseThrow().startsWith(role.key() + ": must not be compacted"));
            assertTrue(spec.mismatch("compact,delete").isPresent());
        }
        assertEquals(Optional.empty(), SPECS.get(TopicRole.EVENTS).mismatch("compact"));
    }

    private static Map<TopicRole, String> names() {
        Map<TopicRole, String> names = new EnumMap<>(TestSettings.topics(true).names());
        names.put(TopicRole.SESSIONS, "sessions");
        return names;
    }

    private static int partitions(TopicRole role) {
        return SPECS.get(role).toNewTopic(Optional.of(12), Optional.empty()).numPartitions();
    }
}
