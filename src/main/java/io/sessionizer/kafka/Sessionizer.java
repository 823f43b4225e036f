package io.sessionizer.kafka;

import io.sessionizer.event.UserKey;
import io.sessionizer.kafka.config.CannotStartException;
import io.sessionizer.kafka.config.Failure;
import io.sessionizer.kafka.config.SessionizerSettings;
import io.sessionizer.kafka.config.StreamsProperties;
import io.sessionizer.kafka.config.UnavailableException;
import io.sessionizer.kafka.control.ControlClients;
import io.sessionizer.kafka.control.TrackingState;
import io.sessionizer.kafka.state.CacheBudget;
import io.sessionizer.kafka.state.LocalState;
import io.sessionizer.kafka.status.Counters;
import io.sessionizer.kafka.task.InstanceScope;
import io.sessionizer.kafka.task.Now;
import io.sessionizer.kafka.topics.ReadyTopics;
import io.sessionizer.kafka.topics.Startup;
import io.sessionizer.record.StatsRowCodec;
import io.sessionizer.session.UserState;
import io.sessionizer.stats.StatsRow;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running service: owns {@code KafkaStreams}, from connecting to the broker to leaving the group. */
public final class Sessionizer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Sessionizer.class);
    private static final Duration CLOSE_STREAMS_TIMEOUT = Duration.ofSeconds(25);

    private final SessionizerSettings settings;
    private final Consumer<StatsRow> board;
    private final LongSupplier wall;
    private final LocalState state;
    private final TrackingState tracking = new TrackingState();
    private final Counters counters = new Counters();
    private final CountDownLatch restored = new CountDownLatch(1);
    private final RunEnd end = new RunEnd();
    /** Open before the streams are started, since these need the state of the switch. */
    private volatile Optional<ControlClients> clients = Optional.empty();

    private volatile Optional<RunningStreams> running = Optional.empty();
    private volatile Optional<ThreadFailures> failures = Optional.empty();
    private boolean isClosed;

    /**
     * @param board receives each row of the board topic that this application has written: existing rows before the
     *     service is ready, then new ones, always on the same thread
     */
    public Sessionizer(SessionizerSettings settings, Consumer<StatsRow> board) {
        this(settings, board, System::currentTimeMillis);
    }

    /** @param wall the wall clock, epoch ms */
    public Sessionizer(SessionizerSettings settings, Consumer<StatsRow> board, LongSupplier wall) {
        this.settings = settings;
        this.board = board;
        this.wall = wall;
        this.state = LocalState.of(settings);
    }

    /**
     * Connects to the broker, creates or validates the topics, reads the tracking switch, and starts.
     *
     * @throws CannotStartException with one line per problem for the operator
     */
    public void start() {
        try {
            StreamsConfig config = new StreamsConfig(StreamsProperties.of(settings));
            state.requireUsable();
            ReadyTopics readyTopics = Startup.prepare(settings, config);
            Optional<ControlClients> opened = openClientsUnlessClosed(config, readyTopics.partitions());
            if (opened.isPresent()) {
                opened.get().awaitSettings(settings.runtime().startupTimeoutMs());
                startUnlessClosed(config, readyTopics);
            }
        } catch (ExecutionException e) {
            throw new CannotStartException(Failure.inOneLine(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotStartException("The startup was interrupted.");
        } catch (KafkaException | IllegalArgumentException e) {
            throw new CannotStartException(state.problem(e).orElseGet(() -> Failure.inOneLine(e)));
        }
    }

    private synchronized Optional<ControlClients> openClientsUnlessClosed(StreamsConfig config, int partitions) {
        if (!isClosed) {
            String applicationId = config.getString(StreamsConfig.APPLICATION_ID_CONFIG);
            clients = Optional.of(new ControlClients(
                    config,
                    settings.topics(),
                    tracking,
                    (key, value) -> StatsRowCodec.read(applicationId, key, value)
                            .filter(row ->
                                    row.isPossible(partitions, settings.clock().latestEventTime(wall.getAsLong())))
                            .ifPresent(board),
                    () -> running.ifPresent(
                            started -> started.watch().checkQuietly(reason -> end.stop(reason.getMessage())))));
        }
        return clients;
    }

    private synchronized void startUnlessClosed(StreamsConfig config, ReadyTopics readyTopics) {
        if (isClosed) {
            return;
        }
        InstanceScope scope = new InstanceScope(
                settings,
                readyTopics,
                new Now(wall, System::nanoTime, tracking::isActive),
                counters,
                new CacheBudget(config.getLong(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG)));
        RunningStreams opened = RunningStreams.open(config, scope);
        ThreadFailures handler = new ThreadFailures(
                failure -> opened.requireUsable(state, failure),
                end::stop,
                settings.runtime().maxThreadReplacements() * config.getInt(StreamsConfig.NUM_STREAM_THREADS_CONFIG),
                System::nanoTime);
        failures = Optional.of(handler);
        opened.streams().setUncaughtExceptionHandler(handler);
        opened.streams().setStateListener((now, before) -> stateChanged(now));
        running = Optional.of(opened);
        opened.start(reason -> end.stop(reason.getMessage()));
    }

    private void stateChanged(KafkaStreams.State now) {
        switch (now) {
            case RUNNING -> {
                LOG.info("Running: all partitions of this instance are restored");
                restored.countDown();
                failures.ifPresent(ThreadFailures::restored);
            }
            case REBALANCING -> LOG.info("Rebalancing");
            case ERROR -> end.fail();
            case NOT_RUNNING -> end.succeed();
            case CREATED, PENDING_SHUTDOWN, PENDING_ERROR -> {}
        }
    }

    /** Waits at most {@code timeout} until it runs with all stores restored. */
    public boolean awaitRunning(Duration timeout) throws InterruptedException {
        return restored.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Waits for termination: true after {@link #close()}, false if it failed. */
    public boolean awaitEnd() throws InterruptedException {
        return end.await();
    }

    /** Why it has stopped until an operator decides, in one line; empty if it has not. */
    public Optional<String> stopReason() {
        return end.stopReason();
    }

    /** Why only a restart helps, as a sentence: it has stopped or failed, or a stream thread hangs; otherwise empty. */
    public Optional<String> livenessProblem() {
        return end.hasEnded()
                ? Optional.of("The service has ended.")
                : running.flatMap(started -> started.monitor().livenessProblem());
    }

    /**
     * Why this instance is not ready, as a sentence; empty if all its partitions are restored and commit, no stream thread has
     * crashed within the last minute, and the settings and board topics have been read to their end at startup.
     */
    public Optional<String> readinessProblem() {
        if (end.hasEnded()) {
            return Optional.of("The service has ended.");
        }
        return running.isPresent() && clients.map(ControlClients::areCaughtUp).orElse(false)
                ? running.get().readinessProblem().or(() -> failures.flatMap(ThreadFailures::readinessProblem))
                : Optional.of("Not started yet.");
    }

    public boolean isReady() {
        return readinessProblem().isEmpty();
    }

    /** Whether session tracking is active, as this instance knows it. */
    public boolean isTracking() {
        return tracking.isActive();
    }

    /**
     * Switches session tracking for all instances. Returns once this one has read it back from the settings topic,
     * within 20 s.
     *
     * @throws UnavailableException if the change is not confirmed; it may still take effect
     * @throws io.sessionizer.kafka.config.NotAuthorizedException if the service lacks the right to write the topic
     */
    public void setTracking(boolean active) throws UnavailableException {
        clients().setTracking(active);
    }

    /**
     * What this instance knows of a user. If the result is not {@link UserState.Found}, ask the {@link #otherInstances}.
     *
     * @param user UTF-8 of 1 to 8192 bytes
     * @throws IllegalArgumentException if it is not a valid user, with the reason
     */
    public UserState findUser(byte[] user) {
        UserKey.requireValid(user);
        return running.map(started -> started.users().find(user)).orElseGet(UserState.Unavailable::new);
    }

    /**
     * Other instances that may have a user, as {@code host:port} of their {@code application.server}: the likeliest
     * first, without duplicates and without this one. Empty if instances have no {@code application.server}.
     *
     * @param user UTF-8 of 1 to 8192 bytes
     * @throws IllegalArgumentException if it is not a valid user, with the reason
     */
    public List<String> otherInstances(byte[] user) {
        UserKey.requireValid(user);
        return running.map(started -> started.users().otherInstances(user)).orElse(List.of());
    }

    /**
     * Erases a user by a null value in the events topic (specification, section 1): with {@code user.from=key} in all
     * partitions, since the producers of the events may use partitioners other than Kafka's, and different ones.
     * Returns when the broker has acknowledged it, within 20 s; the user is erased once it has been read.
     *
     * @param user UTF-8 of 1 to 8192 bytes
     * @throws IllegalArgumentException if it is not a valid user, with the reason
     * @throws UnavailableException if no broker acknowledges it; the user may still be erased
     * @throws io.sessionizer.kafka.config.NotAuthorizedException if the service lacks the right to write the topic
     */
    public void erase(byte[] user) throws UnavailableException {
        UserKey.requireValid(user);
        RunningStreams started = running.orElseThrow(Sessionizer::notStarted);
        switch (settings.input().userFrom()) {
            case KEY ->
                clients()
                        .erase(
                                user,
                                started.users().partitionOf(user),
                                started.watch().topic().partitions());
            // re-keyed from any partition
            case PAYLOAD -> clients().erase(user, Optional.of(0), 1);
        }
    }

    private ControlClients clients() throws UnavailableException {
        return clients.orElseThrow(Sessionizer::notStarted);
    }

    private static UnavailableException notStarted() {
        return new UnavailableException("The service is still starting.");
    }

    /** Counters of this process since its start. */
    public Counters counters() {
        return counters;
    }

    /** Kafka's own metrics of the streams and their clients; empty until started. */
    public Map<MetricName, ? extends Metric> metrics() {
        return running.<Map<MetricName, ? extends Metric>>map(
                        started -> started.streams().metrics())
                .orElse(Map.of());
    }

    /**
     * Finishes the records in progress, commits, and leaves the group, so that other instances take over immediately.
     * Idempotent; takes at most 30 s. A static member stays in the group. If called while {@link #start()} is in
     * progress, the service does not start.
     *
     * @throws IllegalStateException if the last commit did not finish in time
     * @throws UnrecoverableException if a commit left state unsaved
     */
    @Override
    public void close() {
        synchronized (this) {
            isClosed = true;
        }
        boolean areStreamsClosed =
                running.map(started -> started.close(CLOSE_STREAMS_TIMEOUT)).orElse(true);
        clients.ifPresent(ControlClients::close);
        end.succeed();
        if (!areStreamsClosed) {
            throw new IllegalStateException(
                    "Not closed within " + CLOSE_STREAMS_TIMEOUT.toSeconds() + " s; uncommitted work will be repeated");
        }
        counters.commits().throwIfViolated();
    }
}
