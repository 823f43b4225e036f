package io.sessionizer.kafka.client;

import io.sessionizer.kafka.client.ThreadActivity.ClientCall;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The producer of a stream thread, which reports its transactions' commits and that the thread waits for a broker. */
final class StreamProducer extends KafkaProducer<byte[], byte[]> {
    private final StreamThreads threads;
    private final TaskCommits commits;
    /** The partitions whose offsets are in the transaction. */
    private Set<TopicPartition> committing = Set.of();

    StreamProducer(Map<String, Object> config, StreamThreads threads, TaskCommits commits) {
        super(config, new ByteArraySerializer(), new ByteArraySerializer());
        this.threads = threads;
        this.commits = commits;
    }

    /** Blocks while the buffer is full. */
    @Override
    public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
        ThreadActivity thread = threads.ofCurrentThread();
        ClientCall before = thread.enter(ClientCall.BROKER);
        try {
            return super.send(record, callback);
        } finally {
            thread.leave(before);
        }
    }

    @Override
    public void initTransactions() {
        waitForBroker(super::initTransactions);
    }

    @Override
    public void sendOffsetsToTransaction(Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
        commits.committing(offsets.keySet());
        waitForBroker(() -> super.sendOffsetsToTransaction(offsets, group));
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
        } finally {
            thread.leave(before);
        }
    }
}
