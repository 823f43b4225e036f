package io.sessionizer.kafka.client;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.internals.DefaultKafkaClientSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Supplies Kafka Streams with its clients, and keeps a reference to the main consumer of each stream thread. */
public final class StreamsClients extends DefaultKafkaClientSupplier {
    private static final Logger LOG = LoggerFactory.getLogger(StreamsClients.class);

    private final ClientWatch watch;
    private final InputGaps gaps;
    private final Map<String, MainConsumer> consumers = new ConcurrentHashMap<>();
    private final AtomicBoolean isMissingLogged = new AtomicBoolean();

    /**
     * @param threads receives the activity of the stream threads
     * @param commits receives the commits
     * @param gaps
     *     receives the offsets that the main consumers could not read
     */
    public StreamsClients(StreamThreads threads, TaskCommits commits, InputGaps gaps) {
        this.watch = new ClientWatch(threads, commits);
        this.gaps = gaps;
    }

    @Override
    public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
        return new StreamProducer(config, watch, this::committable);
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
        String clientId = (String) config.get(ConsumerConfig.CLIENT_ID_CONFIG);
        MainConsumer consumer = new MainConsumer(config, watch, gaps, closed -> consumers.remove(clientId, closed));
        consumers.put(clientId, consumer);
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

    private Map<TopicPartition, OffsetAndMetadata> committable(Map<TopicPartition, OffsetAndMetadata> offsets) {
        return ofCurrentThread().map(consumer -> consumer.committable(offsets)).orElse(offsets);
    }

    /** The main consumer of the current thread, which only this thread may use; empty if it has none. */
    public Optional<MainConsumer> ofCurrentThread() {
        String thread = Thread.currentThread().getName();
        // Kafka Streams derives a main consumer's client id from its thread's name
        Optional<MainConsumer> consumer = Optional.ofNullable(consumers.get(thread + "-consumer"));
        if (consumer.isEmpty() && isMissingLogged.compareAndSet(false, true)) {
            LOG.error("{} has no main consumer: no clock of its partitions follows the wall clock", thread);
        }
        return consumer;
    }
}
