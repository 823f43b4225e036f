package io.sessionizer.kafka.client;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.internals.DefaultKafkaClientSupplier;

/** Supplies Kafka Streams with its clients, and keeps a reference to the main consumer of each stream thread. */
public final class StreamsClients extends DefaultKafkaClientSupplier {
    private final StreamThreads threads;
    private final TaskCommits commits;
    private final Map<String, MainConsumer> consumers = new ConcurrentHashMap<>();

    /**
     * @param threads receives what the stream threads do
     * @param commits receives what is committed
     */
    public StreamsClients(StreamThreads threads, TaskCommits commits) {
        this.threads = threads;
        this.commits = commits;
    }

    @Override
    public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
        return new StreamProducer(config, threads, commits);
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
        MainConsumer consumer = new MainConsumer(config, threads, commits);
        consumers.put((String) config.get(ConsumerConfig.CLIENT_ID_CONFIG), consumer);
        return consumer;
    }

    /** A task of the current thread begins to process this partition. */
    public void beginProcessing(TopicPartition partition) {
        ofCurrentThread().ifPresent(consumer -> consumer.beginProcessing(partition));
    }

    /** How far the current thread has read this partition; empty if that is not known. */
    public Optional<ReadProgress> progress(TopicPartition partition) {
        return ofCurrentThread().flatMap(consumer -> consumer.progress(partition));
    }

    /** The main consumer of the current thread, which is the only one that may use it; empty if it has none. */
    public Optional<MainConsumer> ofCurrentThread() {
        // Kafka Streams derives a main consumer's client id from its thread's name
        return Optional.ofNullable(consumers.get(Thread.currentThread().getName() + "-consumer"));
    }
}
