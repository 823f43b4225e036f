package io.sessionizer.kafka.input;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Proves that a partition has been read to its end: the position of the thread's own consumer has reached the end
 * offset that the leader returns now. The lag of earlier fetches is not sufficient, since it stays 0 when the broker
 * becomes unavailable; neither is the offset of the last record, since transaction markers follow it.
 *
 * <p>Test on the stream thread, the only thread that may use the consumer.
 */
public final class EndOfPartition implements Predicate<TopicPartition> {
    /**
     * A leader responds within milliseconds; an unavailable one must not delay the thread's other partitions for long.
     */
    private static final Duration ANSWER_TIMEOUT = Duration.ofMillis(500);

    /** A broker that hangs must not delay a thread once per idle partition. */
    private static final long FAILURE_BACKOFF_NANOS = 5_000_000_000L;

    private final Supplier<Optional<Consumer<byte[], byte[]>>> consumers;
    private final Map<String, Long> failures = new ConcurrentHashMap<>();

    /** @param consumers the current thread's main consumer */
    public EndOfPartition(Supplier<Optional<Consumer<byte[], byte[]>>> consumers) {
        this.consumers = consumers;
    }

    @Override
    public boolean test(TopicPartition partition) {
        Optional<Consumer<byte[], byte[]>> consumer = consumers.get();
        return consumer.isPresent()
                && consumer.get().assignment().contains(partition)
                && !hasFailedRecently()
                && isAtEnd(consumer.get(), partition);
    }

    private boolean hasFailedRecently() {
        Long failedAt = failures.get(Thread.currentThread().getName());
        return failedAt != null && System.nanoTime() - failedAt < FAILURE_BACKOFF_NANOS;
    }

    private boolean isAtEnd(Consumer<byte[], byte[]> consumer, TopicPartition partition) {
        String thread = Thread.currentThread().getName();
        try {
            failures.remove(thread);
            long end = consumer.endOffsets(Set.of(partition), ANSWER_TIMEOUT).getOrDefault(partition, Long.MAX_VALUE);
            return consumer.position(partition, ANSWER_TIMEOUT) >= end;
        } catch (InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            failures.put(thread, System.nanoTime());
            return false;
        }
    }
}
