package io.sessionizer.kafka.task;

import io.sessionizer.event.RejectionReason;
import io.sessionizer.kafka.input.InputRecord;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/**
 * What this instance has done since it started, and how its partitions stand: numbers for metrics. Work that is done again
 * after a failure counts again. For any number of threads.
 */
public final class Counters {
    private final LongAdder[] counts = adders(Count.values().length);
    private final LongAdder[] deadLetters = adders(RejectionReason.values().length);
    private final Map<Integer, PartitionStatus> partitions = new ConcurrentSkipListMap<>();

    /** What is counted. Each record read is one of counted, excluded, untracked, erasure or dead letter. */
    public enum Count {
        /** Events that count (contract section 1), stamped or not. */
        EVENTS_COUNTED,
        /** Events that do not count for their name. */
        EVENTS_EXCLUDED,
        /** Events that do not count for their source or type. */
        EVENTS_UNTRACKED,
        /** Events that came more than the inactivity gap behind their partition's clock. */
        EVENTS_LATE,
        /** Events that count, but passed without a session while tracking was off. */
        EVENTS_UNSTAMPED,
        SESSIONS_OPENED,
        /** Sessions that concluded when the clock had last been moved by a record. */
        SESSIONS_CONCLUDED_BY_EVENT_TIME,
        /** Sessions that concluded when the clock followed the wall clock, since the partition was idle. */
        SESSIONS_CONCLUDED_BY_WALL_CLOCK,
        /** Concluded sessions that a late event joined. */
        SESSIONS_AMENDED,
        /** Sessions that a late event joined to another. */
        SESSIONS_MERGED,
        /** Records that erase a user, known or not. */
        USERS_ERASED;

        /** Its name in metrics, in lower case with underscores. */
        public String metric() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * How a partition of this instance stood at its last look, a second ago at most unless it is held up.
     *
     * @param partition number of the input's partition
     * @param openSessions sessions that have not concluded, or are open again
     * @param activeUsers users with an open session
     * @param clock the partition's clock, epoch ms, or -1 if it has none yet
     * @param oldestOverdue the earliest deadline that the clock has passed and that is not worked off, epoch ms, if any
     */
    public record PartitionStatus(
            int partition, long openSessions, long activeUsers, long clock, OptionalLong oldestOverdue) {}

    private static LongAdder[] adders(int count) {
        return Stream.generate(LongAdder::new).limit(count).toArray(LongAdder[]::new);
    }

    public long value(Count count) {
        return counts[count.ordinal()].sum();
    }

    public long deadLettered(RejectionReason reason) {
        return deadLetters[reason.ordinal()].sum();
    }

    /** The partitions that this instance works on, by number. */
    public List<PartitionStatus> partitions() {
        return List.copyOf(partitions.values());
    }

    void count(Count count) {
        counts[count.ordinal()].increment();
    }

    /** Counts a record that was read. */
    void countInput(InputRecord input) {
        switch (input.kind) {
            case EVENT -> count(Count.EVENTS_COUNTED);
            case UNCOUNTED -> count(input.isExcluded ? Count.EVENTS_EXCLUDED : Count.EVENTS_UNTRACKED);
            case ERASURE -> count(Count.USERS_ERASED);
            case REJECTED -> deadLetters[input.reason.ordinal()].increment();
        }
    }

    /** Takes notice of how a partition stands. */
    void update(PartitionStatus partition) {
        partitions.put(partition.partition(), partition);
    }

    /** The partition is no longer this instance's. */
    void remove(int partition) {
        partitions.remove(partition);
    }

    @Override
    public String toString() {
        return "Counters" + Arrays.toString(counts) + Arrays.toString(deadLetters) + partitions.values();
    }
}
