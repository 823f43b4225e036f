package io.sessionizer.kafka.input;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sessionizer.kafka.client.CommittedPosition;
import io.sessionizer.record.Checkpoint.InputPosition;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PositionViolationTest {
    private static final UUID TOPIC = new UUID(1, 2);
    private static final InputPosition STORED = new InputPosition(TOPIC, 100);

    /** After the last record there are markers, so the committed position may be any way ahead. */
    @ParameterizedTest
    @CsvSource({"99, false", "100, true", "100, false", "101, true", "1000000, true"})
    void findsNone(long committed, boolean isExactlyOnce) {
        assertEquals(Optional.empty(), find(Optional.of(new CommittedPosition(committed, true)), isExactlyOnce));
    }

    @ParameterizedTest
    @CsvSource({"0", "99"})
    void underExactlyOnceThePositionIsNotBeforeTheStoredOne(long committed) {
        assertEquals(
                Optional.of(PositionViolation.BEFORE), find(Optional.of(new CommittedPosition(committed, true)), true));
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void thePositionIsCommittedAndTheServicesOwn(boolean isExactlyOnce) {
        assertEquals(Optional.of(PositionViolation.MISSING), find(Optional.empty(), isExactlyOnce));
        assertEquals(
                Optional.of(PositionViolation.FOREIGN),
                find(Optional.of(new CommittedPosition(100, false)), isExactlyOnce));
    }

    /** With the topic its committed positions are deleted, so this comes first. */
    @Test
    void theTopicIsTheSame() {
        assertEquals(
                Optional.of(PositionViolation.OTHER_TOPIC),
                PositionViolation.find(STORED, new UUID(1, 3), Optional.empty(), true));
    }

    private static Optional<PositionViolation> find(Optional<CommittedPosition> committed, boolean isExactlyOnce) {
        return PositionViolation.find(STORED, TOPIC, committed, isExactlyOnce);
    }
}
