package io.sessionizer.kafka.status;

import io.sessionizer.event.RejectionReason;
import io.sessionizer.event.UncountedReason;
import io.sessionizer.event.UncountedReason.EventPart;
import io.sessionizer.kafka.client.TaskCommits;
import io.sessionizer.kafka.input.InputRecord;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/**
 * Metrics of this instance: counters since its start, the status of its partitions, and their commits. Work that is repeated after a
 * failure is counted again. Thread-safe.
 */
public final class Counters {
    private final LongAdder[] counts = adders(Count.values().length);
    private final LongAdder[] deadLetters = adders(RejectionReason.values().length);
    private final Map<Integer, PartitionStatus> partitions = new ConcurrentSkipListMap<>();
    private final Map<Integer, InputStatus> inputs = new ConcurrentSkipListMap<>();
    private final Map<Integer, SourceStatus> sources = new ConcurrentSkipListMap<>();
    private final UncountedReport uncounted = new UncountedReport();
    private final TaskCommits commits;

    public Counters() {
        this(new TaskCommits());
    }

    /** @param commits what the tasks of this instance have not committed */
    public Counters(TaskCommits commits) {
        this.commits = commits;
    }

    /** The counters. Each input record is exactly one of counted, excluded, untracked, erasure, its copy or dead letter. */
    public enum Count {
        /** Events that count (specification, section 1), stamped or not. */
        EVENTS_COUNTED,
        /** Events that do not count because of their name. */
        EVENTS_EXCLUDED,
        /** Events that do not count because of their source or type. */
        EVENTS_UNTRACKED,
        /** Events more than the inactivity gap earlier than their partition's clock. */
        EVENTS_LATE,
        /** Events that count, but were forwarded without a session while tracking was off. */
        EVENTS_UNSTAMPED,
        SESSIONS_OPENED,
        /** Sessions that concluded while the clock was last advanced by a record. */
        SESSIONS_CONCLUDED_BY_EVENT_TIME,
        /** Sessions that concluded when the clock followed the wall clock, since the partition was idle. */
        SESSIONS_CONCLUDED_BY_WALL_CLOCK,
        /** Concluded sessions that a late event joined. */
        SESSIONS_AMENDED,
        /** Sessions that a late event merged into another. */
        SESSIONS_MERGED,
        /** Records that erase a user, known or not; copies of them in other partitions not counted. */
        USERS_ERASED,
        /** Offsets of the input that the broker deleted before they were read. */
        RECORDS_DELETED_UNREAD,
        /** Opened sessions after which the user had as many as are remembered: the next takes an earlier one's place. */
        SESSIONS_OPENED_AT_LIMIT
    }

    private static LongAdder[] adders(int count) {
        return Stream.generate(LongAdder::new).limit(count).toArray(LongAdder[]::new);
    }

    public long value(Count count) {
        return counts[count.ordinal()].sum();
    }

    public long deadLettered(RejectionReason reason) {
        return deadLetters[reason.ordinal()].sum();
    }

    /** The partitions assigned to this instance, by number. */
    public List<PartitionStatus> partitions() {
        return List.copyOf(partitions.values());
    }

    /** What the tasks of this instance have not committed. */
    public TaskCommits commits() {
        return commits;
    }

    /** How long each partition of this instance has had something uncommitted, in ns; 0 if nothing is. */
    public SortedMap<Integer, Long> uncommittedNanos() {
        return commits.uncommittedNanos();
    }

    public void count(Count count) {
        counts[count.ordinal()].increment();
    }

    /** Counts offsets of the input that the broker deleted before they were read. */
    public void countDeletedUnread(long offsets) {
        counts[Count.RECORDS_DELETED_UNREAD.ordinal()].add(offsets);
    }

    /** Counts an input record, except for erasures: some are copies. */
    public void countInput(InputRecord input) {
        switch (input.kind()) {
            case EVENT -> count(Count.EVENTS_COUNTED);
            case UNCOUNTED ->
                count(
                        input.uncountedReason().part() == EventPart.NAME
                                ? Count.EVENTS_EXCLUDED
                                : Count.EVENTS_UNTRACKED);
            case ERASURE, IGNORED -> {}
            case REJECTED -> deadLetters[input.rejection().reason().ordinal()].increment();
        }
    }

    /**
     * Adds events to the latest ones.
     *
     * @param reasons the reason why each event does not count; null for an event that counts
     * @param count the number of these events
     */
    public void addRecent(UncountedReason[] reasons, int count) {
        uncounted.add(reasons, count);
    }

    /** The most frequent reason, while nearly all events of this instance do not count. */
    public Optional<UncountedReason> nearlyAllUncounted() {
        return uncounted.nearlyAll();
    }

    /** Replaces the status of a partition. */
    public void update(PartitionStatus partition) {
        partitions.put(partition.partition(), partition);
    }

    /** The partitions of the input that this instance reads, by number. */
    public List<InputStatus> inputs() {
        return List.copyOf(inputs.values());
    }

    /** How input partitions affect the partitions of the repartition topic of this instance. */
    public List<SourceStatus> sources() {
        return List.copyOf(sources.values());
    }

    public void update(InputStatus input) {
        inputs.put(input.partition(), input);
    }

    public void removeInput(int partition) {
        inputs.remove(partition);
    }

    public void update(SourceStatus status) {
        sources.put(status.partition(), status);
    }

    public void removeSources(int partition) {
        sources.remove(partition);
    }

    /** The partition was revoked from this instance. */
    public void remove(int partition) {
        partitions.remove(partition);
    }

    @Override
    public String toString() {
        return "Counters" + Arrays.toString(counts) + Arrays.toString(deadLetters) + partitions.values();
    }
}
