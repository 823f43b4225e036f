package io.sessionizer.kafka;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running service: owner of {@code KafkaStreams}, from reaching the broker to leaving the group. */
public final class Sessionizer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Sessionizer.class);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(30);

    private final Settings settings;
    private final CountDownLatch running = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean hasGivenUp;
    /** Null until started. */
    private KafkaStreams streams;

    private boolean isClosed;

    public Sessionizer(Settings settings) {
        this.settings = settings;
    }

    /**
     * Reaches the broker, creates or checks the topics, and starts.
     *
     * @throws CannotStartException with one line a problem for the operator
     */
    public void start() {
        try {
            StreamsConfig config = new StreamsConfig(StreamsProperties.of(settings));
            CaughtUp caughtUp = new CaughtUp();
            KafkaStreams made = new KafkaStreams(topology(config, caughtUp), config, caughtUp);
            made.setUncaughtExceptionHandler(new ThreadFailures(settings.maxThreadReplacements()));
            made.setStateListener((now, before) -> stateChanged(now));
            startUnlessClosed(made);
        } catch (ExecutionException e) {
            throw new CannotStartException(Failure.inOneLine(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotStartException("The start was interrupted.");
        } catch (KafkaException e) {
            throw new CannotStartException(Failure.inOneLine(e));
        }
    }

    private synchronized void startUnlessClosed(KafkaStreams made) {
        if (isClosed) {
            made.close();
            return;
        }
        streams = made;
        made.start();
    }

    private Topology topology(StreamsConfig config, CaughtUp caughtUp) throws InterruptedException, ExecutionException {
        Map<String, Object> adminConfig = config.getAdminConfigs("sessionizer-start");
        String servers = config.getList(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG).stream()
                .reduce((a, b) -> a + "," + b)
                .orElseThrow();
        try (Admin admin = new BrokerReach(servers, settings.startupTimeoutMs()).reach(adminConfig)) {
            Topics topics = new Topics(admin, settings, config.getString(StreamsConfig.APPLICATION_ID_CONFIG));
            int partitions = topics.prepare();
            OutputLimits limits = topics.limits(StreamsProperties.maxRequestBytes(settings.kafka()));
            LOG.info(
                    "Reading {} with {} partition(s) from {}", settings.topics().events(), partitions, servers);
            return new SessionTopology(settings, limits, caughtUp, System::currentTimeMillis).build(config, partitions);
        }
    }

    private void stateChanged(KafkaStreams.State now) {
        switch (now) {
            case RUNNING -> {
                LOG.info("Running: all partitions of this instance are restored");
                running.countDown();
            }
            case REBALANCING -> LOG.info("Rebalancing");
            case ERROR -> {
                hasGivenUp = true;
                ended.countDown();
            }
            case NOT_RUNNING -> ended.countDown();
            case CREATED, PENDING_SHUTDOWN, PENDING_ERROR -> {}
        }
    }

    /** Whether it runs with all its stores restored within {@code timeout}. */
    public boolean awaitRunning(Duration timeout) throws InterruptedException {
        return running.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Waits for the end: true after {@link #close()}, false when it gave up. */
    public boolean awaitEnd() throws InterruptedException {
        ended.await();
        return !hasGivenUp;
    }

    /**
     * Finishes the records in hand, commits, and leaves the group, so that others take over at once. Idempotent; within
     * 30 s. Called while {@link #start()} still tries to reach the broker, it keeps the service from starting.
     */
    @Override
    public void close() {
        KafkaStreams started;
        synchronized (this) {
            isClosed = true;
            started = streams;
        }
        if (started != null) {
            boolean isClosed = started.close(
                    CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP)
                            .withTimeout(CLOSE_WITHIN));
            if (!isClosed) {
                LOG.warn("Not closed within {} s; what was not committed is done again", CLOSE_WITHIN.toSeconds());
            }
        }
        ended.countDown();
    }
}
