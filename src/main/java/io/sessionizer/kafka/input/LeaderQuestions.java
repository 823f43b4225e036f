package io.sessionizer.kafka.input;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/**
 * Queries the leaders once a second, on a separate thread, with one request for each broker. It requests the high
 * watermark, not the last stable offset: records that an open transaction hides have not been processed yet.
 *
 * <p>Partitions without a leader are left out: Kafka's admin client would look up the leader without a backoff,
 * thousands of times a second, until the request times out.
 */
public final class LeaderQuestions implements AutoCloseable {
    private static final long INTERVAL_MS = 1_000;
    /** Bounds the number of questions that wait for a broker that hangs. */
    private static final int TIMEOUT_MS = 5_000;

    private final Admin admin;
    private final LogEnds logEnds = new LogEnds(this::ask);
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread daemon = new Thread(task, "sessionizer-log-ends");
        daemon.setDaemon(true);
        return daemon;
    });

    private LeaderQuestions(Admin admin) {
        this.admin = admin;
    }

    /**
     * Begins to ask.
     *
     * @param adminConfig of the admin client that asks
     * @param wall the wall clock, epoch ms
     */
    public static LeaderQuestions start(Map<String, Object> adminConfig, LongSupplier wall) {
        LeaderQuestions questions = new LeaderQuestions(Admin.create(adminConfig));
        questions.thread.scheduleAtFixedRate(
                () -> questions.logEnds.ask(wall.getAsLong(), System.nanoTime()),
                0,
                INTERVAL_MS,
                TimeUnit.MILLISECONDS);
        return questions;
    }

    /** The ends that it asks for. */
    public LogEnds logEnds() {
        return logEnds;
    }

    private void ask(Set<TopicPartition> partitions, BiConsumer<TopicPartition, Long> answers) {
        Set<String> topics = partitions.stream().map(TopicPartition::topic).collect(Collectors.toUnmodifiableSet());
        admin.describeTopics(topics, new DescribeTopicsOptions().timeoutMs(TIMEOUT_MS))
                .allTopicNames()
                .whenComplete((described, failure) -> {
                    if (failure == null) {
                        askLeaders(withLeader(partitions, described), answers);
                    }
                });
    }

    private static Map<TopicPartition, OffsetSpec> withLeader(
            Set<TopicPartition> partitions, Map<String, TopicDescription> described) {
        Map<TopicPartition, OffsetSpec> led = new HashMap<>();
        described.forEach((topic, description) -> description.partitions().stream()
                .filter(partition ->
                        partition.leader() != null && !partition.leader().isEmpty())
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .filter(partitions::contains)
                .forEach(partition -> led.put(partition, OffsetSpec.latest())));
        return led;
    }

    private void askLeaders(Map<TopicPartition, OffsetSpec> partitions, BiConsumer<TopicPartition, Long> answers) {
        ListOffsetsResult result = admin.listOffsets(
                partitions, new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED).timeoutMs(TIMEOUT_MS));
        partitions
                .keySet()
                .forEach(partition -> result.partitionResult(partition).whenComplete((end, failure) -> {
                    if (failure == null) {
                        answers.accept(partition, end.offset());
                    }
                }));
    }

    @Override
    public void close() {
        thread.shutdownNow();
        // without waiting: open questions no longer matter
        admin.close(java.time.Duration.ZERO);
    }
}
