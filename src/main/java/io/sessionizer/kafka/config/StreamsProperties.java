package io.sessionizer.kafka.config;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * The properties of Kafka Streams and its clients: the service's defaults where they differ from Kafka's, overridden by
 * what the user has set, overridden by what the service requires. Kafka's keys for which the service's configuration
 * has a default count as set by the user.
 */
public final class StreamsProperties {
    /** Kafka's default of a topic's {@code max.message.bytes}. */
    public static final int KAFKA_MAX_MESSAGE_BYTES = 1_048_588;

    private static final int MAX_THREADS = 4;
    /** Few enough that they are still in the CPU cache when they are processed; restoring is faster with more. */
    private static final String POLLED_RECORDS = "250";

    private static final long MAX_CACHE_BYTES = 64L << 20;
    /** Kafka's default of a producer, and two thirds of that of a fetch. */
    private static final long MAX_THREAD_BUFFER_BYTES = 32L << 20;

    private static final int KAFKA_MAX_REQUEST_BYTES = 1_048_576;
    private static final int KAFKA_MAX_POLL_INTERVAL_MS = 300_000;

    private StreamsProperties() {}

    public static Map<String, Object> of(SessionizerSettings settings) {
        Map<String, Object> properties = new LinkedHashMap<>(defaults());
        properties.putAll(settings.runtime().kafka());
        putUnlessSet(
                properties, StreamsConfig::mainConsumerPrefix, ConsumerConfig.MAX_POLL_RECORDS_CONFIG, POLLED_RECORDS);
        putTimeouts(properties);
        putBuffers(properties, Runtime.getRuntime().maxMemory());
        // internal topics must accept whatever the producer sends
        properties.putIfAbsent(
                StreamsConfig.topicPrefix(TopicConfig.MAX_MESSAGE_BYTES_CONFIG),
                batchBytes(maxRequestBytes(new StreamsConfig(properties))));
        properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, RocksDbMemory.class.getName());
        properties.put(
                RocksDbMemory.MEMORY_BYTES, Long.toString(settings.runtime().stateMemoryBytes()));
        properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, "true");
        // without it, a clock could overtake the events that it follows
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG), "true");
        // there is no global store; this only silences a warning from Kafka
        properties.putIfAbsent("processing.exception.handler.global.enabled", "true");
        return properties;
    }

    private static Map<String, String> defaults() {
        Map<String, String> defaults = new LinkedHashMap<>();
        int threads = Math.min(MAX_THREADS, Runtime.getRuntime().availableProcessors());
        defaults.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, Integer.toString(threads));
        // upper bound of the delay for a read-committed consumer; in return, updates of an active user are merged
        defaults.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, "500");
        // compressed batches save requests and changelog bytes; larger ones gained nothing, and each partition has one
        defaults.put(ProducerConfig.BATCH_SIZE_CONFIG, Integer.toString(64 << 10));
        defaults.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        // another instance takes over a killed one's partitions after this, the least that brokers allow, not after 45
        // s
        defaults.put(CommonClientConfigs.SESSION_TIMEOUT_MS_CONFIG, "6000");
        defaults.put(CommonClientConfigs.HEARTBEAT_INTERVAL_MS_CONFIG, "1500");
        // a leader that has moved away from a broker that hangs is found after this, not after 5 minutes
        defaults.put(CommonClientConfigs.METADATA_MAX_AGE_CONFIG, "10000");
        // an instance that has restored its state gets its share soon after it has caught up, not up to 10 minutes
        // later
        defaults.put(StreamsConfig.PROBING_REBALANCE_INTERVAL_MS_CONFIG, "60000");
        // tasks wait for unreachable brokers for up to a year: a crash of their threads would not help
        defaults.put(
                StreamsConfig.TASK_TIMEOUT_MS_CONFIG,
                Long.toString(Duration.ofDays(365).toMillis()));
        // changelogs carry event time: a broker-wide limit on old timestamps must not reject history
        defaults.put(
                StreamsConfig.topicPrefix(TopicConfig.MESSAGE_TIMESTAMP_BEFORE_MAX_MS_CONFIG),
                Long.toString(Long.MAX_VALUE));
        return defaults;
    }

    /**
     * Bounds the delay by a broker that hangs. It may be the leader of a partition and the coordinator of the
     * transaction and of the group, which are contacted in turn. Therefore three of these timeouts must fit into the
     * transaction timeout, after which the thread would have to rejoin the group. A main consumer waits this long for
     * the assignment of its whole group.
     */
    private static void putTimeouts(Map<String, Object> properties) {
        String request = CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG;
        putUnlessSet(properties, StreamsConfig::producerPrefix, request, "3000");
        putUnlessSet(properties, StreamsConfig::adminClientPrefix, request, "5000");
        putUnlessSet(properties, StreamsConfig::restoreConsumerPrefix, request, "5000");
        putUnlessSet(properties, StreamsConfig::mainConsumerPrefix, request, "10000");
        putUnlessSet(properties, StreamsConfig::producerPrefix, ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, "20000");
    }

    /**
     * Each kind of buffer gets an eighth of the heap, up to a useful maximum: Kafka's own bounds suit a heap of several
     * gigabytes.
     */
    static void putBuffers(Map<String, Object> properties, long heapBytes) {
        long share = heapBytes / 8;
        int threads = number(
                StreamsConfig.NUM_STREAM_THREADS_CONFIG, properties.get(StreamsConfig.NUM_STREAM_THREADS_CONFIG));
        String ofThread = Long.toString(Math.max(1 << 20, Math.min(MAX_THREAD_BUFFER_BYTES, share / threads)));
        properties.putIfAbsent(
                StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, Long.toString(Math.min(MAX_CACHE_BYTES, share)));
        putUnlessSet(properties, StreamsConfig::mainConsumerPrefix, ConsumerConfig.FETCH_MAX_BYTES_CONFIG, ofThread);
        putUnlessSet(properties, StreamsConfig::restoreConsumerPrefix, ConsumerConfig.FETCH_MAX_BYTES_CONFIG, ofThread);
        putUnlessSet(properties, StreamsConfig::producerPrefix, ProducerConfig.BUFFER_MEMORY_CONFIG, ofThread);
    }

    /** For one kind of client only, unless the user has set the key for that kind or for all clients. */
    private static void putUnlessSet(
            Map<String, Object> properties, UnaryOperator<String> prefix, String key, String value) {
        boolean isSetForConsumers =
                prefix.apply("").contains("consumer") && properties.containsKey(StreamsConfig.consumerPrefix(key));
        if (!properties.containsKey(key) && !isSetForConsumers) {
            properties.putIfAbsent(prefix.apply(key), value);
        }
    }

    /** Maximum request size, and so record size, of the producers, in bytes. */
    public static int maxRequestBytes(StreamsConfig config) {
        Object configured = config.getProducerConfigs("sessionizer-limits").get(ProducerConfig.MAX_REQUEST_SIZE_CONFIG);
        return configured == null
                ? KAFKA_MAX_REQUEST_BYTES
                : number(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, configured);
    }

    /** The longest time between two polls of a stream thread before its group considers it dead, in ms. */
    public static long maxPollIntervalMs(StreamsConfig config) {
        String key = ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG;
        Object configured = config.getMainConsumerConfigs("sessionizer-limits", "sessionizer-limits", 0)
                .get(key);
        return configured == null ? KAFKA_MAX_POLL_INTERVAL_MS : number(key, configured);
    }

    /** Maximum batch size of newly created internal topics, in bytes. */
    public static int internalTopicBytes(StreamsConfig config) {
        Object configured = config.originals().get(StreamsConfig.topicPrefix(TopicConfig.MAX_MESSAGE_BYTES_CONFIG));
        return number(StreamsConfig.topicPrefix(TopicConfig.MAX_MESSAGE_BYTES_CONFIG), configured);
    }

    /** A topic's limit applies to batches, which grow if the records do not compress. */
    private static String batchBytes(long recordBytes) {
        long bytes = Math.max(KAFKA_MAX_MESSAGE_BYTES, recordBytes / 255 * 256 + 1_024);
        return Long.toString(Math.min(Integer.MAX_VALUE, bytes));
    }

    private static int number(String key, Object value) {
        return (Integer) ConfigDef.parseType(key, value, ConfigDef.Type.INT);
    }
}
