package io.sessionizer.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sessionizer.StoredEntries;
import io.sessionizer.event.StampableEvent.Place;
import io.sessionizer.kafka.config.NodeNames;
import io.sessionizer.kafka.config.SessionizerSettings.UserFrom;
import io.sessionizer.record.RepartitionRecord;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Stores and internal topics get the very bytes that they have always got. The fixtures are never to be changed. */
class StoredBytesTest {
    private static Map<String, StoredEntries> written;

    @BeforeAll
    static void write() {
        written = StoredBytesWriter.write();
    }

    @ParameterizedTest
    @ValueSource(strings = {"timelines", "board", "deadlines", "board-topic"})
    void writesExactlyTheBytesOfTheFixture(String name) throws IOException {
        assertEquals(StoredEntries.read(name).toString(), written.get(name).toString());
    }

    @Test
    void hasNoOtherFixtures() {
        assertEquals(5, written.size());
    }

    /** What is stored does not say how the user was found. */
    @ParameterizedTest
    @EnumSource(UserFrom.class)
    void storesTheSame_whereverTheUserComesFrom(UserFrom userFrom) throws IOException {
        try (StreamDriver stream = StoredInput.atFirst(userFrom)) {
            new StoredInput(stream).beforeCut();
            for (String store : Set.of(NodeNames.TIMELINES, NodeNames.BOARD)) {
                assertEquals(
                        StoredEntries.read(store).toString(),
                        StoredBytesWriter.store(stream, store).toString());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"by-user-topic", "by-user-topic-version-2", "by-user-topic-version-1"})
    void hasEveryKindAndSlotInTheRepartitionTopic(String name) throws IOException {
        Set<RepartitionRecord> repartitioned = StoredEntries.read(name).list().stream()
                .map(entry -> RepartitionRecord.fromBytes(entry.value()))
                .collect(Collectors.toSet());
        assertEquals(
                EnumSet.allOf(RepartitionRecord.RepartitionKind.class),
                repartitioned.stream().map(RepartitionRecord::kind).collect(Collectors.toSet()));
        assertEquals(
                EnumSet.complementOf(EnumSet.of(Place.NOWHERE)),
                repartitioned.stream()
                        .filter(record -> record.kind() == RepartitionRecord.RepartitionKind.EVENT)
                        .map(record -> record.event().place())
                        .collect(Collectors.toSet()));
    }
}
