package io.sessionizer.kafka.client;

import io.sessionizer.kafka.config.UnrecoverableException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.apache.kafka.common.TopicPartition;

/**
 * The uncommitted work of this instance's tasks, and its age. A commit counts when the client's call has returned. The
 * ages are computed on request, so they grow while a thread hangs in a commit. Thread-safe.
 */
public final class TaskCommits {
    private final LongSupplier nanoTime;
    private final Map<TopicPartition, TaskCommit> tasks = new ConcurrentHashMap<>();
    /** How long the partitions whose task failed here had not committed at that time, in ns. */
    private final Map<TopicPartition, Long> failed = new ConcurrentHashMap<>();

    private volatile Optional<String> violation = Optional.empty();

    public TaskCommits() {
        this(System::nanoTime);
    }

    /** @param nanoTime measures elapsed time */
    public TaskCommits(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * A task begins. If an earlier one of the partition has failed here, its time without a commit is added from the first
     * record on, so that a partition that fails repeatedly is noticed.
     *
     * @param source the task's input partition
     * @param isUnsaved whether state has changed that is not in the task's stores; called on the task's thread
     */
    public TaskCommit register(TopicPartition source, BooleanSupplier isUnsaved) {
        TaskCommit task = new TaskCommit(
                source,
                isUnsaved,
                nanoTime,
                Optional.ofNullable(failed.remove(source)).orElse(0L));
        tasks.put(source, task);
        return task;
    }

    /** The task ends, with everything committed or not. */
    public void unregister(TaskCommit task) {
        long uncommitted = task.uncommittedNanos();
        if (uncommitted > 0) {
            failed.put(task.source(), uncommitted);
        }
        tasks.remove(task.source(), task);
    }

    /**
     * The offsets of these partitions are about to be committed. Call on their tasks' thread.
     *
     * @throws UnrecoverableException if a task has not stored what it has changed
     */
    void committing(Set<TopicPartition> sources) {
        for (TopicPartition source : sources) {
            TaskCommit task = tasks.get(source);
            if (task != null) {
                requireSaved(task);
            }
        }
    }

    /** As {@link TaskCommit#requireSaved}, and remembers a violation. */
    public void requireSaved(TaskCommit task) {
        try {
            task.requireSaved();
        } catch (UnrecoverableException e) {
            violation = Optional.of(e.getMessage());
            throw e;
        }
    }

    /** Their offsets are committed. */
    void committed(Set<TopicPartition> sources) {
        for (TopicPartition source : sources) {
            TaskCommit task = tasks.get(source);
            if (task != null) {
                task.committed();
            }
        }
    }

    /**
     * Throws the exception that {@link #requireSaved} has thrown earlier: Kafka Streams only logs it while it closes.
     *
     * @throws UnrecoverableException if a task had not stored its state before a commit
     */
    public void throwIfViolated() {
        violation.ifPresent(line -> {
            throw new UnrecoverableException(line);
        });
    }

    /** How long a partition here has had something uncommitted, in ns, by number; 0 if nothing is. */
    public SortedMap<Integer, Long> uncommittedNanos() {
        SortedMap<Integer, Long> ages = new TreeMap<>();
        tasks.forEach((source, task) -> ages.merge(source.partition(), task.uncommittedNanos(), Math::max));
        return ages;
    }

    /** Whether the partition's tasks are on this instance and have committed since one failed. */
    public boolean isSettled(int partition) {
        return tasks.keySet().stream().anyMatch(source -> source.partition() == partition)
                && tasks.values().stream()
                        .noneMatch(task -> task.source().partition() == partition && task.isRecovering());
    }
}
