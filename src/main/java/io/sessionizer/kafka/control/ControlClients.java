package io.sessionizer.kafka.control;

import io.sessionizer.kafka.config.CannotStartException;
import io.sessionizer.kafka.config.ErasureHeader;
import io.sessionizer.kafka.config.NotAuthorizedException;
import io.sessionizer.kafka.config.TopicRole;
import io.sessionizer.kafka.config.TopicSettings;
import io.sessionizer.kafka.config.UnavailableException;
import io.sessionizer.record.TrackingSwitchCodec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.StreamsConfig;

/**
 * The service's clients besides those of Kafka Streams: one follows the settings topic, one the board topic, and one
 * writes switches and erasures. They use the connection settings of Kafka Streams.
 */
public final class ControlClients implements AutoCloseable {
    private static final Duration READ_BACK_TIMEOUT = Duration.ofSeconds(10);

    private final TopicSettings topics;
    private final TrackingState tracking;
    private final RecordWriter writer;
    private final TopicFollower settingsTopic;
    private final TopicFollower boardTopic;
    private volatile boolean isClosed;

    /**
     * @param board receives the key and value of each record of the board topic; the value is null for a tombstone
     * @param onRefused called each time the broker denies reading a topic because a right is missing
     */
    public ControlClients(
            StreamsConfig config,
            TopicSettings topics,
            TrackingState tracking,
            BiConsumer<byte[], byte[]> board,
            Runnable onRefused) {
        this.topics = topics;
        this.tracking = tracking;
        writer = new RecordWriter(config.getProducerConfigs(clientId(config, "writer")));
        settingsTopic = TopicFollower.start(
                topics.name(TopicRole.SETTINGS), newConsumer(config, "settings"), tracking::onRecord, onRefused);
        boardTopic = TopicFollower.start(topics.name(TopicRole.BOARD), newConsumer(config, "board"), board, onRefused);
    }

    private static Consumer<byte[], byte[]> newConsumer(StreamsConfig config, String suffix) {
        // without a group, like the consumer of a global store
        Map<String, Object> properties = config.getGlobalConsumerConfigs(clientId(config, suffix));
        properties.put(CommonClientConfigs.CLIENT_ID_CONFIG, clientId(config, suffix));
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static String clientId(StreamsConfig config, String suffix) {
        String configured = config.getString(StreamsConfig.CLIENT_ID_CONFIG);
        return (configured.isEmpty() ? config.getString(StreamsConfig.APPLICATION_ID_CONFIG) : configured) + "-"
                + suffix;
    }

    /**
     * Waits until the state of the tracking switch is known, so that a restart honours it from the first event, or
     * until the clients are closed.
     *
     * @throws CannotStartException if it is not known in time
     */
    public void awaitSettings(long timeoutMs) throws InterruptedException {
        if (!settingsTopic.awaitCaughtUp(Duration.ofMillis(timeoutMs)) && !isClosed) {
            throw new CannotStartException("settings.topic: must be readable within startup.timeout.ms, " + timeoutMs
                    + ". Found: " + topics.name(TopicRole.SETTINGS) + " is not"
                    + settingsTopic.failure().map(cause -> ", " + cause).orElse(""));
        }
    }

    /** Whether both topics have been read to their end offsets at startup. */
    public boolean areCaughtUp() {
        return settingsTopic.isCaughtUp() && boardTopic.isCaughtUp();
    }

    /**
     * Turns tracking on or off for all instances, and returns once this instance has read the change back.
     *
     * @throws NotAuthorizedException if the service is not authorized to write to the topic
     */
    public void setTracking(boolean active) throws UnavailableException {
        RecordMetadata written = writer.write(new ProducerRecord<>(
                topics.name(TopicRole.SETTINGS), TrackingSwitchCodec.key(), TrackingSwitchCodec.write(active)));
        TopicPartition partition = new TopicPartition(written.topic(), written.partition());
        try {
            if (!settingsTopic.awaitRead(partition, written.offset(), READ_BACK_TIMEOUT)) {
                throw new UnavailableException("The switch is written, but this instance has not read it back within "
                        + READ_BACK_TIMEOUT.toSeconds() + " s; here it is still "
                        + (tracking.isActive() ? "on" : "off") + ".");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("The switch is written; waiting to read it back was interrupted.");
        }
    }

    /**
     * Writes an erasure to one partition of the input, and copies of it to the others.
     *
     * @param home the partition that has the user; if that is unknown, the producer's partitioner decides
     * @param partitions the number of partitions that may hold the user, counting from partition 0
     * @throws NotAuthorizedException if the right to write the topic is missing
     */
    public void erase(byte[] user, Optional<Integer> home, int partitions) throws UnavailableException {
        String events = topics.name(TopicRole.EVENTS);
        int written = writer.write(new ProducerRecord<>(
                        events, home.orElse(null), user, null, List.of(ErasureHeader.ofOriginal())))
                .partition();
        writer.writeAll(IntStream.range(0, partitions)
                .filter(partition -> partition != written)
                .mapToObj(partition -> new ProducerRecord<byte[], byte[]>(
                        events, partition, user, null, List.of(ErasureHeader.ofCopy())))
                .toList());
    }

    /** Takes at most 5 s; pending operations fail. Idempotent. */
    @Override
    public void close() {
        isClosed = true;
        settingsTopic.close();
        boardTopic.close();
        writer.close();
    }
}
