package io.sessionizer.kafka.client;

import io.sessionizer.kafka.config.Failure;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks once a second, on a separate thread, whether the stream threads move and the partitions commit. Logs once
 * which partitions have not committed for 30 s, and once that they commit again.
 */
public final class ProgressMonitor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ProgressMonitor.class);
    /** Many commit intervals, and longer than a rebalance or a change of a partition's leader takes. */
    private static final long UNCOMMITTED_SECONDS = 30;

    private final StreamThreads threads;
    private final TaskCommits commits;
    private final SortedSet<Integer> logged = new TreeSet<>();
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(run -> {
        Thread thread = new Thread(run, "progress");
        thread.setDaemon(true);
        return thread;
    });

    public ProgressMonitor(StreamThreads threads, TaskCommits commits) {
        this.threads = threads;
        this.commits = commits;
    }

    /** Checks once a second from now on. */
    public void start() {
        executor.scheduleWithFixedDelay(this::checkSafely, 1, 1, TimeUnit.SECONDS);
    }

    /** An exception would end the schedule. */
    private void checkSafely() {
        try {
            check();
        } catch (RuntimeException e) {
            LOG.warn("Progress could not be checked: {}", Failure.inOneLine(e));
        }
    }

    /** One check; call once a second. */
    public void check() {
        threads.sample();
        SortedSet<Integer> late = uncommitted();
        SortedSet<Integer> newlyLate = new TreeSet<>(late);
        newlyLate.removeAll(logged);
        if (!newlyLate.isEmpty()) {
            LOG.warn(
                    "No commit for {} s for partition(s) {}: the output since then is not visible yet",
                    UNCOMMITTED_SECONDS,
                    list(newlyLate));
        }
        SortedSet<Integer> recovered = new TreeSet<>(logged);
        recovered.removeIf(partition -> late.contains(partition) || !commits.isSettled(partition));
        if (!recovered.isEmpty()) {
            LOG.info("Partition(s) {} commit again", list(recovered));
        }
        logged.addAll(late);
        logged.removeAll(recovered);
    }

    /** Why a restart of the process is required, as a sentence; empty while it works. */
    public Optional<String> livenessProblem() {
        SortedSet<String> hanging = threads.hanging();
        return hanging.isEmpty()
                ? Optional.empty()
                : Optional.of("Stream thread(s) have not moved for a minute: " + String.join(", ", hanging) + ".");
    }

    /** Why this instance is not up to date, as a sentence; empty while it is. */
    public Optional<String> readinessProblem() {
        SortedSet<Integer> late = uncommitted();
        return late.isEmpty()
                ? Optional.empty()
                : Optional.of("No commit for " + UNCOMMITTED_SECONDS + " s for partition(s) " + list(late) + ".");
    }

    private SortedSet<Integer> uncommitted() {
        SortedSet<Integer> late = new TreeSet<>();
        commits.uncommittedNanos().forEach((partition, nanos) -> {
            if (nanos >= TimeUnit.SECONDS.toNanos(UNCOMMITTED_SECONDS)) {
                late.add(partition);
            }
        });
        return late;
    }

    private static String list(SortedSet<Integer> partitions) {
        return partitions.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
