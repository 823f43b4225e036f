package io.sessionizer.kafka.topics;

import io.sessionizer.kafka.config.UnrecoverableException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.StreamsConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks while the service runs that the input is the same topic, with the same partitions. Consumers do not: they read a
 * new topic of the same name, and new partitions, without notice. Thread-safe.
 */
public final class InputTopicWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(InputTopicWatch.class);
    private static final int ANSWER_TIMEOUT_MS = 5_000;
    /** Of the metadata's age, after which consumers see a change. */
    private static final long CHECKS_PER_METADATA_AGE = 4;

    private static final long MAX_INTERVAL_MS = 5_000;

    private final InputTopic topic;
    private final Admin admin;
    private final long intervalMs;
    private final ScheduledExecutorService executor;

    /** @param topic as it was at the start */
    public InputTopicWatch(StreamsConfig config, InputTopic topic) {
        this.topic = topic;
        Map<String, Object> adminConfig = config.getAdminConfigs("sessionizer-input");
        adminConfig.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, ANSWER_TIMEOUT_MS);
        adminConfig.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_TIMEOUT_MS);
        this.admin = Admin.create(adminConfig);
        long metadataAgeMs = config.getLong(CommonClientConfigs.METADATA_MAX_AGE_CONFIG);
        this.intervalMs = Math.max(1, Math.min(MAX_INTERVAL_MS, metadataAgeMs / CHECKS_PER_METADATA_AGE));
        this.executor = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "input-topic-watch");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** The topic as it was at startup. */
    public InputTopic topic() {
        return topic;
    }

    /** Starts to check periodically; {@code onChange} may receive the same violation more than once. */
    public void start(Consumer<UnrecoverableException> onChange) {
        executor.scheduleWithFixedDelay(() -> checkQuietly(onChange), intervalMs, intervalMs, TimeUnit.MILLISECONDS);
    }

    private void checkQuietly(Consumer<UnrecoverableException> onChange) {
        try {
            check();
        } catch (UnrecoverableException e) {
            onChange.accept(e);
        } catch (RuntimeException e) {
            // an unreachable broker is no reason to stop
            LOG.debug("Could not check the input topic", e);
        }
    }

    /**
     * Checks now, within seconds.
     *
     * @throws UnrecoverableException if the input is another topic, or has another number of partitions
     * @throws KafkaException if the brokers do not respond; a {@link TimeoutException} if a retry may succeed
     */
    public void check() {
        topic.violation(InputTopic.of(describe())).ifPresent(line -> {
            throw new UnrecoverableException(line);
        });
    }

    private TopicDescription describe() {
        try {
            return admin.describeTopics(List.of(topic.name()))
                    .allTopicNames()
                    .get()
                    .get(topic.name());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RetriableException) {
                throw new TimeoutException("No broker describes " + topic.name(), e.getCause());
            }
            throw new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
        admin.close(Duration.ZERO);
    }
}
