package io.sessionizer.kafka.input;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/**
 * Asks the leaders once a second, on a thread of its own, with one request for each broker. It asks for the high
 * watermark, not for the last stable offset: what an open transaction holds back is not processed yet.
 */
public final class LeaderQuestions implements AutoCloseable {
    private static final long INTERVAL_MS = 1_000;
    /** A broker that hangs has only so many questions waiting for it. */
    private static final int TIMEOUT_MS = 5_000;

    private final Admin admin;
    private final LogEnds logEnds = new LogEnds(this::highWatermarks);
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

    private Map<TopicPartition, KafkaFuture<Long>> highWatermarks(Set<TopicPartition> partitions) {
        ListOffsetsResult result = admin.listOffsets(
                partitions.stream().collect(Collectors.toMap(Function.identity(), each -> OffsetSpec.latest())),
                new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED).timeoutMs(TIMEOUT_MS));
        return partitions.stream()
                .collect(Collectors.toMap(
                        Function.identity(),
                        each -> result.partitionResult(each)
                                .thenApply(ListOffsetsResult.ListOffsetsResultInfo::offset)));
    }

    @Override
    public void close() {
        thread.shutdownNow();
        // without waiting: its questions are of no use any more
        admin.close(java.time.Duration.ZERO);
    }
}
