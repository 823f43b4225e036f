package io.sessionizer.kafka.input;

import io.sessionizer.kafka.client.CommittedPosition;
import io.sessionizer.record.Checkpoint.InputPosition;
import java.util.Optional;
import java.util.UUID;

/** Why reading must not resume at a partition's committed position: records would be skipped or read twice. */
enum PositionViolation {
    OTHER_TOPIC("must be of the topic that has been read so far"),
    MISSING("must have a committed position"),
    FOREIGN("must have a committed position that the service wrote"),
    BEFORE("must have a committed position that is not before the stored one");

    private final String rule;

    PositionViolation(String rule) {
        this.rule = rule;
    }

    /** What must hold, after the partition's name. */
    String rule() {
        return rule;
    }

    /**
     * What is wrong, if anything.
     *
     * @param stored the position stored with the partition's state
     * @param topicId id of the topic that exists now
     * @param isExactlyOnce whether both positions were stored in one transaction: otherwise the stored one is ahead after a
     *     crash
     */
    static Optional<PositionViolation> find(
            InputPosition stored, UUID topicId, Optional<CommittedPosition> committed, boolean isExactlyOnce) {
        if (!stored.topicId().equals(topicId)) {
            return Optional.of(OTHER_TOPIC);
        }
        if (committed.isEmpty()) {
            return Optional.of(MISSING);
        }
        if (!committed.get().isFromStreams()) {
            return Optional.of(FOREIGN);
        }
        return isExactlyOnce && committed.get().nextOffset() < stored.nextOffset()
                ? Optional.of(BEFORE)
                : Optional.empty();
    }
}
