package io.sessionizer.kafka.input;

import io.sessionizer.session.Idleness;
import java.util.function.Predicate;
import org.apache.kafka.common.TopicPartition;

/**
 * Detects that a partition is idle, so that its clock may follow the wall clock: it has been polled long enough without
 * an event, and the broker confirms now that it has been read to its end (contract section 3).
 */
public final class IdleDetector {
    private final TopicPartition partition;
    private final long idleAfterMs;
    private final Predicate<TopicPartition> endOfPartition;
    private Idleness idleness;
    private boolean hadEvent;
    private boolean hadRecord;

    public IdleDetector(
            TopicPartition partition, long idleAfterMs, Predicate<TopicPartition> endOfPartition, long wall) {
        this.partition = partition;
        this.idleAfterMs = idleAfterMs;
        this.endOfPartition = endOfPartition;
        this.idleness = Idleness.startingAt(wall);
    }

    /**
     * Notes a record. Erasures and rejected records do not reset the idle time, or a few invalid records would
     * delay all sessions; but if one was just received, more may follow.
     */
    public void onRecord(InputRecord input) {
        hadRecord = true;
        hadEvent |= switch (input.kind()) {
            case EVENT, UNCOUNTED -> true;
            case ERASURE, REJECTED -> false;
        };
    }

    /** Ends the period since the last tick, and returns whether the partition is live: no event for
     * {@code idle.after.ms} while it was polled, and read to its end. */
    public boolean mayFollowWallClock(long wall) {
        idleness = idleness.next(wall, hadEvent);
        boolean mayBeMore = hadRecord;
        hadEvent = false;
        hadRecord = false;
        if (mayBeMore || !idleness.hasLasted(idleAfterMs)) {
            return false;
        }
        if (!endOfPartition.test(partition)) {
            idleness = Idleness.startingAt(wall);
            return false;
        }
        return true;
    }
}
