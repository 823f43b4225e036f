package io.sessionizer.kafka.input;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.streams.processor.internals.DefaultKafkaClientSupplier;

/**
 * Proves that a partition has been read to its end: the position of the thread's own consumer has reached the end
 * offset that the leader returns now. The lag of earlier fetches is not sufficient, since it stays 0 when the broker
 * becomes unavailable; neither is the offset of the last record, since transaction markers follow it.
 *
 * <p>It is Kafka Streams' client supplier in order to keep references to the consumers. Call it on the stream thread,
 * the only thread that may use the consumer.
 */
public final class EndOfPartition extends DefaultKafkaClientSupplier implements Predicate<TopicPartition> {
    /**
     * A leader responds within milliseconds; an unavailable one must not delay the thread's other partitions for long.
     */
    private static final Duration ANSWER_TIMEOUT = Duration.ofMillis(500);

    /** A broker that hangs must not delay a thread once per idle partition. */
    private static final long FAILURE_BACKOFF_NANOS = 5_000_000_000L;

    private final Map<String, Long> failures = new ConcurrentHashMap<>();
    private final Map<String, Consumer<byte[], byte[]>> consumers = new ConcurrentHashMap<>();

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
        Consumer<byte[], byte[]> consumer = super.getConsumer(config);
        consumers.put((String) config.get(ConsumerConfig.CLIENT_ID_CONFIG), consumer);
        return consumer;
    }

    @Override
    public boolean test(TopicPartition partition) {
        // Kafka Streams derives a main consumer's client id from its thread's name
        String thread = Thread.currentThread().getName();
        Consumer<byte[], byte[]> consumer = consumers.get(thread + "-consumer");
        if (consumer == null || !consumer.assignment().contains(partition)) {
            return false;
        }
        Long failedAt = failures.get(thread);
        if (failedAt != null && System.nanoTime() - failedAt < FAILURE_BACKOFF_NANOS) {
            return false;
        }
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
