package io.sessionizer.kafka.topics;

import io.sessionizer.kafka.access.RequiredRights;
import io.sessionizer.kafka.access.Right;
import io.sessionizer.kafka.access.RightsCheck;
import io.sessionizer.kafka.config.CannotStartException;
import io.sessionizer.kafka.config.Failure;
import io.sessionizer.kafka.config.SessionizerSettings;
import io.sessionizer.kafka.config.UnrecoverableException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.StreamsConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks while the service runs that the input is still the same topic and, periodically, what the output topics
 * accept. After a failure it repeats all checks made at startup: a problem that would prevent a start stops the
 * service, since a replaced thread would fail too. Thread-safe.
 */
public final class ClusterWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterWatch.class);
    private static final int ANSWER_TIMEOUT_MS = 5_000;
    private static final long INTERVAL_MS = 10_000;

    private final SessionizerSettings settings;
    private final StreamsConfig config;
    private final InputTopicWatch input;
    private final CurrentLimits limits;
    private final Admin admin;
    private final DeletedTopics deletedInternal = new DeletedTopics();
    private final Set<Right> logged = new HashSet<>();
    private final ScheduledExecutorService executor;

    /** @param input the input as it was at startup; closed with this */
    public ClusterWatch(
            SessionizerSettings settings, StreamsConfig config, InputTopicWatch input, CurrentLimits limits) {
        this.settings = settings;
        this.config = config;
        this.input = input;
        this.limits = limits;
        Map<String, Object> adminConfig = config.getAdminConfigs("sessionizer-watch");
        adminConfig.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, ANSWER_TIMEOUT_MS);
        adminConfig.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_TIMEOUT_MS);
        this.admin = Admin.create(adminConfig);
        this.executor = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "cluster-watch");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** The input topic as it was at startup. */
    public InputTopic topic() {
        return input.topic();
    }

    /** Starts to check periodically; {@code onChange} may receive the same violation more than once. */
    public void start(Consumer<UnrecoverableException> onChange) {
        input.start(onChange);
        executor.scheduleWithFixedDelay(() -> refreshQuietly(onChange), 0, INTERVAL_MS, TimeUnit.MILLISECONDS);
    }

    private void refreshQuietly(Consumer<UnrecoverableException> onChange) {
        quietly(() -> ask(this::refresh), onChange);
    }

    /** As {@link #check}, but passes the reason to stop to {@code onChange}; does nothing if no broker responds. */
    public void checkQuietly(Consumer<UnrecoverableException> onChange) {
        quietly(this::check, onChange);
    }

    private static void quietly(Runnable questions, Consumer<UnrecoverableException> onChange) {
        try {
            questions.run();
        } catch (UnrecoverableException e) {
            onChange.accept(e);
        } catch (RuntimeException e) {
            // an unreachable broker is no reason to stop
            LOG.debug("Could not check topics and rights", e);
        }
    }

    private synchronized void refresh() throws InterruptedException, ExecutionException {
        deletedInternal.find(provisioner().internalIds()).ifPresent(name -> {
            throw new UnrecoverableException(StateTopics.LOST + name + ", which was deleted");
        });
        logMissingOptional();
        if (limits.set(Startup.limits(provisioner(), settings, config))) {
            LOG.info(
                    "What the output topics accept has changed: {}",
                    limits.get().topics());
        }
    }

    private TopicProvisioner provisioner() {
        return new TopicProvisioner(admin, settings, config.getString(StreamsConfig.APPLICATION_ID_CONFIG));
    }

    private RightsCheck rights() {
        return new RightsCheck(admin, RequiredRights.of(settings, config));
    }

    /** Not checked at startup, since internal topics do not exist at the first one. */
    private void logMissingOptional() throws InterruptedException, ExecutionException {
        rights().missingOptional().forEach((right, consequence) -> {
            if (logged.add(right)) {
                LOG.warn("{} Without it, {}", right.missing() + ".", consequence);
            }
        });
    }

    /**
     * Repeats all startup checks, within seconds, and reads the topics' limits.
     *
     * @throws UnrecoverableException if a start would fail now, with one line
     * @throws KafkaException if the brokers do not respond; a {@link TimeoutException} if a retry may succeed
     */
    public void check() {
        input.check();
        ask(() -> {
            throwIfAny(rights().missing());
            throwIfAny(provisioner().problems());
            refresh();
        });
    }

    private static void throwIfAny(List<String> problems) {
        if (!problems.isEmpty()) {
            throw new UnrecoverableException(String.join("; ", problems));
        }
    }

    private static void ask(Questions questions) {
        try {
            questions.ask();
        } catch (CannotStartException e) {
            throw new UnrecoverableException(String.join("; ", e.problems()));
        } catch (ExecutionException e) {
            String line = Failure.inOneLine(e.getCause());
            throw e.getCause() instanceof RetriableException ? new TimeoutException(line) : new KafkaException(line);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    /** Queries to the brokers. */
    private interface Questions {
        void ask() throws InterruptedException, ExecutionException;
    }

    @Override
    public void close() {
        executor.shutdownNow();
        admin.close(Duration.ZERO);
        input.close();
    }
}
