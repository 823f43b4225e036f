package io.sessionizer.kafka.client;

import io.sessionizer.kafka.config.UnrecoverableException;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.apache.kafka.common.TopicPartition;

/**
 * The commits of one task, by its input partition. Its thread reports pending and completed commits; any thread may
 * query how long something has been uncommitted.
 */
public final class TaskCommit {
    private static final long NOTHING = Long.MIN_VALUE;

    private final TopicPartition source;
    private final BooleanSupplier isUnsaved;
    private final LongSupplier nanoTime;
    /** How long an earlier, failed task of the partition had not committed; 0 once this task has committed. */
    private volatile long carriedNanos;

    private volatile long uncommittedSince = NOTHING;
    private boolean hasRead;

    TaskCommit(TopicPartition source, BooleanSupplier isUnsaved, LongSupplier nanoTime, long carriedNanos) {
        this.source = source;
        this.isUnsaved = isUnsaved;
        this.nanoTime = nanoTime;
        this.carriedNanos = carriedNanos;
    }

    /** A record is processed: there is an offset to commit. */
    public void recordProcessed() {
        hasRead = true;
        begin();
    }

    /** State may have changed without a record. Kafka Streams commits it with the offset of the last record, if any. */
    public void tick() {
        if (hasRead && isUnsaved.getAsBoolean()) {
            begin();
        }
    }

    private void begin() {
        if (uncommittedSince == NOTHING) {
            uncommittedSince = nanoTime.getAsLong() - carriedNanos;
        }
    }

    void committed() {
        uncommittedSince = NOTHING;
        carriedNanos = 0;
    }

    /**
     * The task's offsets are being committed, or have just been committed.
     *
     * @throws UnrecoverableException if changed state is not in the stores: after a restart it would be lost
     */
    public void requireSaved() {
        if (isUnsaved.getAsBoolean()) {
            throw new UnrecoverableException(source
                    + ": changed state must be stored before a commit. Found: Kafka Streams commits without the call that"
                    + " stores it; run the service with the version of Kafka Streams that it was built with");
        }
    }

    TopicPartition source() {
        return source;
    }

    /** How long something has not been committed, in ns; 0 if nothing is uncommitted. */
    long uncommittedNanos() {
        long since = uncommittedSince;
        return since == NOTHING ? 0 : nanoTime.getAsLong() - since;
    }

    /** Whether an earlier task of the partition failed without a commit, and this task has not committed yet. */
    boolean isRecovering() {
        return carriedNanos > 0;
    }
}
