package io.sessionizer.bench.process;

import io.sessionizer.guarantee.support.PollingWait;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.ReplicaInfo;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The broker of all runners, in a JVM of its own, and queries of it. */
public final class BenchBroker implements AutoCloseable {
    private static final Duration STARTS_WITHIN = Duration.ofMinutes(1);
    private static final String CHANGELOG = "-changelog";
    private static final int BROKER = 1;

    private final ChildJvm broker;
    private final String servers;
    private final Admin admin;

    /** How much the changelogs of an application hold. */
    public record ChangelogSize(long records, long bytes) {}

    private BenchBroker(ChildJvm broker, String servers) {
        this.broker = broker;
        this.servers = servers;
        this.admin = Admin.create(Map.of("bootstrap.servers", servers));
    }

    /** Starts the broker, with its data in {@code directory}. */
    public static BenchBroker start(Path directory, Path log) throws IOException {
        ChildJvm broker = ChildJvm.start(
                List.of("-Xms1g", "-Xmx1g"), List.of(BrokerMain.class.getName(), directory.toString()), log);
        String line = broker.awaitLine(BrokerMain.IS_AT, STARTS_WITHIN);
        return new BenchBroker(broker, line.substring(line.indexOf(BrokerMain.IS_AT) + BrokerMain.IS_AT.length()));
    }

    /** Processor time that the broker has taken so far, in s. */
    public double cpuSeconds() {
        return broker.cpuSeconds();
    }

    public String servers() {
        return servers;
    }

    /** Creates topics without any limit on the age of records, and waits until they can be written. */
    public void create(Collection<String> topics, int partitions) {
        Map<String, String> noRetention = Map.of(TopicConfig.RETENTION_MS_CONFIG, "-1");
        await(admin.createTopics(topics.stream()
                        .map(topic -> new NewTopic(topic, partitions, (short) 1).configs(noRetention))
                        .toList())
                .all());
        // the controller responds before the topics are visible on the broker
        topics.forEach(
                topic -> PollingWait.until(topic + " can be written", STARTS_WITHIN, () -> isLed(topic, partitions)));
    }

    private boolean isLed(String topic, int partitions) {
        try {
            return ends(topic).size() == partitions;
        } catch (IllegalStateException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return false;
            }
            throw e;
        }
    }

    /** Where the partitions of the topic end, control records included. */
    public Map<TopicPartition, Long> ends(String topic) {
        return ends(partitions(List.of(topic)));
    }

    /** How many records of its input the application has committed. */
    public long committed(String application) {
        return await(admin.listConsumerGroupOffsets(application).partitionsToOffsetAndMetadata()).values().stream()
                .mapToLong(OffsetAndMetadata::offset)
                .sum();
    }

    /** Waits until the application's members share its input partitions among them. */
    public void awaitAssigned(String application, int partitions) {
        PollingWait.until(
                application + " has its partitions", STARTS_WITHIN, () -> assigned(application) == partitions);
    }

    private int assigned(String application) {
        try {
            return await(admin.describeConsumerGroups(List.of(application)).all()).get(application).members().stream()
                    .mapToInt(member -> member.assignment().topicPartitions().size())
                    .sum();
        } catch (IllegalStateException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return 0;
            }
            throw e;
        }
    }

    public ChangelogSize changelogs(String application) {
        List<String> topics = changelogTopics(application);
        long records =
                ends(partitions(topics)).values().stream().mapToLong(end -> end).sum();
        long bytes = await(admin.describeLogDirs(List.of(BROKER)).allDescriptions()).get(BROKER).values().stream()
                .map(LogDirDescription::replicaInfos)
                .flatMap(replicas -> replicas.entrySet().stream())
                .filter(replica -> topics.contains(replica.getKey().topic()))
                .map(Map.Entry::getValue)
                .mapToLong(ReplicaInfo::size)
                .sum();
        return new ChangelogSize(records, bytes);
    }

    /** The changelogs of an application. */
    public List<TopicPartition> changelogPartitions(String application) {
        return partitions(changelogTopics(application));
    }

    private List<String> changelogTopics(String application) {
        return topics(application).stream()
                .filter(topic -> topic.endsWith(CHANGELOG))
                .toList();
    }

    /** A read-committed reader of these partitions, from their beginnings, with Kafka's defaults but for {@code more}. */
    public KafkaConsumer<byte[], byte[]> reader(Collection<TopicPartition> partitions, Map<String, Object> more) {
        Map<String, Object> properties = new HashMap<>(more);
        properties.put("bootstrap.servers", servers);
        properties.put("isolation.level", "read_committed");
        var reader = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        reader.assign(partitions);
        reader.seekToBeginning(partitions);
        return reader;
    }

    /** Deletes what an application has left, and the topics named after it. It must have ended. */
    void delete(String application) {
        await(admin.deleteTopics(topics(application)).all());
    }

    private List<String> topics(String application) {
        return await(admin.listTopics().names()).stream()
                .filter(topic -> topic.startsWith(application + "-"))
                .toList();
    }

    private List<TopicPartition> partitions(Collection<String> topics) {
        return await(admin.describeTopics(topics).allTopicNames()).values().stream()
                .flatMap(BenchBroker::partitions)
                .toList();
    }

    private static Stream<TopicPartition> partitions(TopicDescription topic) {
        return topic.partitions().stream().map(partition -> new TopicPartition(topic.name(), partition.partition()));
    }

    private Map<TopicPartition, Long> ends(List<TopicPartition> partitions) {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        partitions.forEach(partition -> latest.put(partition, OffsetSpec.latest()));
        return await(admin.listOffsets(latest).all()).entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, end -> offset(end.getValue())));
    }

    private static long offset(ListOffsetsResultInfo end) {
        return end.offset();
    }

    private static <T> T await(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
        broker.close();
    }
}
