package io.sessionizer.kafka.input;

import io.sessionizer.session.Idleness;
import java.util.function.Predicate;
import org.apache.kafka.common.TopicPartition;

/**
 * Detects when a partition is idle, so that its clock may follow the wall clock: polled long enough without an event, and
 * proven by the broker, at this very moment, to have nothing left to read (contract section 3).
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
     * To be called with each record. One that moves no clock does not start the count again, or a trickle of broken records
     * would hold up all sessions; but where one has just arrived, others may follow.
     */
    public void onRecord(InputRecord input) {
        hadRecord = true;
        hadEvent |= switch (input.kind()) {
            case EVENT, UNCOUNTED -> true;
            case ERASURE, REJECTED -> false;
        };
    }

    /** Whether the partition is idle, asked at each punctuation. */
    public boolean tick(long wall) {
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
