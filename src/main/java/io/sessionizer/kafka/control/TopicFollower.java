package io.sessionizer.kafka.control;

import io.sessionizer.kafka.config.Failure;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a compacted topic from the beginning and follows it on its own thread until closed. Retries until the broker is
 * available. It has no consumer group: each instance reads all partitions.
 */
final class TopicFollower implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TopicFollower.class);
    private static final Duration POLL_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);
    private static final long RETRY_INTERVAL_MS = 1_000;
    /** Partitions are rarely added, and the client discovers them only within {@code metadata.max.age.ms}. */
    private static final long PARTITION_REFRESH_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final String topic;
    private final Consumer<byte[], byte[]> consumer;
    private final BiConsumer<byte[], byte[]> handler;
    private final Runnable onRefused;
    private final Thread thread;
    private long partitionsRefreshedAt;
    /** End offsets of the topic when it was first available; empty before. */
    private Optional<Map<TopicPartition, Long>> firstEnds = Optional.empty();

    // guarded by this
    private final Map<TopicPartition, Long> positions = new HashMap<>();
    private Optional<String> failure = Optional.empty();
    private boolean isCaughtUp;
    private boolean isClosed;

    private TopicFollower(
            String topic, Consumer<byte[], byte[]> consumer, BiConsumer<byte[], byte[]> handler, Runnable onRefused) {
        this.topic = topic;
        this.consumer = consumer;
        this.handler = handler;
        this.onRefused = onRefused;
        this.thread = new Thread(this::run, "follow-" + topic);
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((dead, error) ->
                LOG.error("No longer following {}, restart the service: {}", topic, Failure.inOneLine(error)));
    }

    /**
     * Starts from the beginning.
     *
     * @param consumer without a group, read-committed, that resets to the earliest offset; owned by the follower from
     *     now on
     * @param handler receives the key and value of each record in sequence; either may be null
     * @param onRefused called each time the broker denies reading the topic because a right is missing
     */
    static TopicFollower start(
            String topic, Consumer<byte[], byte[]> consumer, BiConsumer<byte[], byte[]> handler, Runnable onRefused) {
        TopicFollower follower = new TopicFollower(topic, consumer, handler, onRefused);
        follower.thread.start();
        return follower;
    }

    /** Whether the topic has been read to its end offsets when it was first available. */
    synchronized boolean isCaughtUp() {
        return isCaughtUp && thread.isAlive();
    }

    /** Waits for {@link #isCaughtUp}; false on timeout or if the follower was closed. */
    synchronized boolean awaitCaughtUp(Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!isCaughtUp && !isClosed) {
            if (!awaitChange(deadline)) {
                return false;
            }
        }
        return isCaughtUp;
    }

    /** Waits until the record at this offset has been delivered; false on timeout or if the follower was closed. */
    synchronized boolean awaitRead(TopicPartition partition, long offset, Duration timeout)
            throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (positions.getOrDefault(partition, 0L) <= offset) {
            if (isClosed || !awaitChange(deadline)) {
                return false;
            }
        }
        return true;
    }

    private boolean awaitChange(long deadline) throws InterruptedException {
        long remainingMs = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (remainingMs <= 0) {
            return false;
        }
        wait(remainingMs);
        return true;
    }

    /** The current failure, in one line; empty if there is none. */
    synchronized Optional<String> failure() {
        return failure;
    }

    private void run() {
        try {
            while (!isClosed()) {
                pollOnce();
            }
        } catch (InterruptedException e) {
            LOG.debug("Interrupted", e);
        } finally {
            consumer.close(CloseOptions.timeout(CLOSE_TIMEOUT));
        }
    }

    private void pollOnce() throws InterruptedException {
        try {
            refreshPartitions();
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL_TIMEOUT)) {
                deliver(record);
            }
            publishProgress();
        } catch (WakeupException e) {
            LOG.debug("Woken to be closed", e);
        } catch (RuntimeException e) {
            if (e instanceof AuthorizationException) {
                onRefused.run();
            }
            backOff(e);
        }
    }

    private void refreshPartitions() {
        if (firstEnds.isPresent() && System.nanoTime() - partitionsRefreshedAt < PARTITION_REFRESH_NANOS) {
            return;
        }
        Set<TopicPartition> all = consumer.partitionsFor(topic, ANSWER_TIMEOUT).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .collect(Collectors.toSet());
        if (all.isEmpty() && firstEnds.isEmpty()) {
            throw new UnknownTopicOrPartitionException("There is no topic " + topic);
        }
        // never fewer: positions must survive a topic that is temporarily missing
        if (!consumer.assignment().containsAll(all)) {
            consumer.assign(List.copyOf(all));
        }
        if (firstEnds.isEmpty()) {
            firstEnds = Optional.of(consumer.endOffsets(all, ANSWER_TIMEOUT));
        }
        partitionsRefreshedAt = System.nanoTime();
    }

    private void deliver(ConsumerRecord<byte[], byte[]> record) {
        try {
            handler.accept(record.key(), record.value());
        } catch (RuntimeException bug) {
            LOG.error(
                    "Skipped offset {} of {}-{}, which failed unexpectedly, a bug: {}",
                    record.offset(),
                    topic,
                    record.partition(),
                    Failure.inOneLine(bug));
            LOG.debug("The bug", bug);
        }
    }

    private void publishProgress() {
        Map<TopicPartition, Long> now = new HashMap<>();
        consumer.assignment().forEach(partition -> now.put(partition, consumer.position(partition, ANSWER_TIMEOUT)));
        synchronized (this) {
            positions.putAll(now);
            isCaughtUp |= firstEnds.isPresent()
                    && firstEnds.get().entrySet().stream()
                            .allMatch(end -> now.getOrDefault(end.getKey(), 0L) >= end.getValue());
            if (failure.isPresent()) {
                LOG.info("Following {} again", topic);
                failure = Optional.empty();
            }
            notifyAll();
        }
    }

    private synchronized void backOff(RuntimeException e) throws InterruptedException {
        if (failure.isEmpty()) {
            LOG.warn("Cannot follow {}, retrying: {}", topic, Failure.inOneLine(e));
        }
        LOG.debug("Cannot follow {}", topic, e);
        failure = Optional.of(Failure.inOneLine(e));
        if (!isClosed) {
            wait(RETRY_INTERVAL_MS);
        }
    }

    private synchronized boolean isClosed() {
        return isClosed;
    }

    /** Stops at the next record, within 2 s. Idempotent. */
    @Override
    public void close() {
        synchronized (this) {
            isClosed = true;
            notifyAll();
        }
        consumer.wakeup();
        try {
            thread.join(2 * CLOSE_TIMEOUT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
