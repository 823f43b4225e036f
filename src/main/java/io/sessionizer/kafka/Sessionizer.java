package io.sessionizer.kafka;

import io.sessionizer.codec.TimelineCodec;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.CommonClientConfigs;
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
            made.setUncaughtExceptionHandler(new ThreadFailures(
                    settings.maxThreadReplacements() * config.getInt(StreamsConfig.NUM_STREAM_THREADS_CONFIG)));
            made.setStateListener((now, before) -> stateChanged(now));
            startUnlessClosed(made);
        } catch (ExecutionException e) {
            throw new CannotStartException(Failure.inOneLine(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotStartException("The start was interrupted.");
        } catch (KafkaException | IllegalArgumentException e) {
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
            OutputLimits limits = topics.limits(
                    StreamsProperties.maxRequestBytes(config), StreamsProperties.internalTopicBytes(config));
            refuseTimelinesThatDoNotFit(limits.internalBytes());
            LOG.info(
                    "Reading {} with {} partition(s) from {}", settings.topics().events(), partitions, servers);
            Shared shared = new Shared(
                    settings, limits, partitions, caughtUp, new DeadLetterLog(), new Tracking(), new Counters());
            return new SessionTopology(shared, System::currentTimeMillis).build(config);
        }
    }

    /** A timeline is one changelog record, however many sessions it remembers. */
    private void refuseTimelinesThatDoNotFit(int internalBytes) {
        long bytes = TimelineCodec.maxLength(settings.rules().maxSessions()) + 2L * OutputLimits.LONGEST_USER;
        if (bytes > internalBytes) {
            throw new CannotStartException("session.max.per.user: so many sessions take up to " + bytes
                    + " bytes, and must fit the " + internalBytes
                    + " bytes that producer and changelog topics take. Found: "
                    + settings.rules().maxSessions());
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
     * 30 s. A static member stays in the group, to come back. Called while {@link #start()} still tries to reach the broker, it keeps the service from starting.
     *
     * @throws IllegalStateException if not everything was committed in time
     */
    @Override
    public void close() {
        KafkaStreams started;
        synchronized (this) {
            isClosed = true;
            started = streams;
        }
        boolean isClosed = started == null
                || started.close(CloseOptions.groupMembershipOperation(membershipAtTheEnd())
                        .withTimeout(CLOSE_WITHIN));
        ended.countDown();
        if (!isClosed) {
            throw new IllegalStateException(
                    "Not closed within " + CLOSE_WITHIN.toSeconds() + " s; what was not committed will be done again");
        }
    }

    /** A static member is given a name in order to come back. */
    private CloseOptions.GroupMembershipOperation membershipAtTheEnd() {
        boolean isStatic = settings.kafka().keySet().stream()
                .anyMatch(key -> key.endsWith(CommonClientConfigs.GROUP_INSTANCE_ID_CONFIG));
        return isStatic
                ? CloseOptions.GroupMembershipOperation.REMAIN_IN_GROUP
                : CloseOptions.GroupMembershipOperation.LEAVE_GROUP;
    }
}
