package io.sessionizer.kafka.client;

import io.sessionizer.kafka.client.ThreadActivity.ClientCall;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TransactionAbortableException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The producer of a stream thread. It commits only offsets that a task can have reached, and reports when its
 * transactions commit and when the thread waits for a broker.
 *
 * <p>It reports its producer as fenced if the transaction can only be aborted: if the coordinator has ended it, which
 * fences the producer in any case, or if a record could not be written, as in an outage. Kafka Streams rejoins the
 * group when its producer is fenced; the errors that are thrown otherwise would end its thread.
 */
final class StreamProducer extends KafkaProducer<byte[], byte[]> {
    private static final String UNACKNOWLEDGED =
            "The client hasn't received acknowledgment for some previously sent messages";

    private final StreamThreads threads;
    private final TaskCommits commits;
    private final UnaryOperator<Map<TopicPartition, OffsetAndMetadata>> committable;
    /** The partitions whose offsets are in the transaction. */
    private Set<TopicPartition> committing = Set.of();
    /** Of the thread that sends; null before the first record. */
    private ThreadActivity sending;

    /** @param committable selects the offsets that may be committed */
    StreamProducer(
            Map<String, Object> config,
            ClientWatch watch,
            UnaryOperator<Map<TopicPartition, OffsetAndMetadata>> committable) {
        super(config, new ByteArraySerializer(), new ByteArraySerializer());
        this.threads = watch.threads();
        this.commits = watch.commits();
        this.committable = committable;
    }

    /** Blocks while the buffer is full. */
    @Override
    public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
        // a look-up per record would be measurable
        if (sending == null) {
            sending = threads.ofCurrentThread();
        }
        ClientCall before = sending.enter(ClientCall.BROKER);
        try {
            return super.send(record, callback);
        } catch (KafkaException e) {
            // Kafka Streams looks at the cause
            KafkaException reported = fencedIfEnded(e);
            throw reported == e ? e : new KafkaException(reported);
        } finally {
            sending.leave(before);
        }
    }

    @Override
    public void initTransactions() {
        waitForBroker(super::initTransactions);
    }

    @Override
    public void sendOffsetsToTransaction(Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
        commits.committing(offsets.keySet());
        waitForBroker(() -> super.sendOffsetsToTransaction(committable.apply(offsets), group));
        committing = Set.copyOf(offsets.keySet());
    }

    @Override
    public void commitTransaction() {
        waitForBroker(super::commitTransaction);
        commits.committed(committing);
        committing = Set.of();
    }

    @Override
    public void abortTransaction() {
        committing = Set.of();
        waitForBroker(super::abortTransaction);
    }

    @Override
    public void flush() {
        waitForBroker(super::flush);
    }

    @Override
    public void close(Duration timeout) {
        waitForBroker(() -> super.close(timeout));
    }

    private void waitForBroker(Runnable clientCall) {
        ThreadActivity thread = threads.ofCurrentThread();
        ClientCall before = thread.enter(ClientCall.BROKER);
        try {
            clientCall.run();
        } catch (KafkaException e) {
            throw fencedIfEnded(e);
        } finally {
            thread.leave(before);
        }
    }

    /** Once it has failed, the producer wraps the reason. */
    static KafkaException fencedIfEnded(KafkaException failure) {
        if (isEnded(failure) || isEnded(failure.getCause())) {
            KafkaException fenced =
                    new ProducerFencedException("The transaction can no longer be committed: " + failure.getMessage());
            fenced.initCause(failure);
            return fenced;
        }
        return failure;
    }

    private static boolean isEnded(Throwable reason) {
        return reason instanceof InvalidTxnStateException
                || reason instanceof TransactionAbortableException
                || isUnacknowledged(reason);
    }

    /** Kafka has no exception type for it: {@code TransactionManager.maybeResolveSequences}. */
    private static boolean isUnacknowledged(Throwable reason) {
        return reason instanceof KafkaException
                && reason.getMessage() != null
                && reason.getMessage().startsWith(UNACKNOWLEDGED);
    }
}
