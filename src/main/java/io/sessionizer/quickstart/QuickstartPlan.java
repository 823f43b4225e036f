package io.sessionizer.quickstart;

import io.sessionizer.app.config.Configuration;
import io.sessionizer.kafka.config.CannotStartException;
import io.sessionizer.kafka.config.SessionizerSettings;
import io.sessionizer.kafka.config.TopicRole;
import io.sessionizer.kafka.config.TopicSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * The service's configuration in the quickstart, and its events topic.
 *
 * @param service its configuration
 * @param partitions of the events topic
 * @param idleTime how long there must be no output until the history counts as processed
 */
record QuickstartPlan(Configuration.Valid service, int partitions, Duration idleTime) {
    private static final String APPLICATION = "sessionizer";
    /** Prefix on an existing broker, so that no existing topics are affected. */
    private static final String PREFIX = "quickstart-";

    /** The samples end now, and live traffic follows, which advances the clock. */
    private static final Duration SAMPLES_IDLE = Duration.ofSeconds(30);
    /** No events follow those of a file: its sessions should conclude soon after the last line. */
    private static final Duration FILE_IDLE = Duration.ofSeconds(5);
    /** A few commit intervals of the service, after which all output is readable. */
    static final Duration SETTLE_TIME = Duration.ofSeconds(2);

    static QuickstartPlan of(QuickstartOptions options, String bootstrapServers, Path stateDirectory) {
        boolean file = options.events().isPresent();
        String prefix = options.bootstrapServers().isPresent() ? PREFIX : "";
        Map<String, String> config = new HashMap<>(Map.ofEntries(
                Map.entry("bootstrap.servers", bootstrapServers),
                Map.entry("application.id", prefix + APPLICATION),
                Map.entry("state.dir", stateDirectory.toString()),
                Map.entry("user.from", file ? "payload" : "key"),
                Map.entry("idle.after.ms", Long.toString((file ? FILE_IDLE : SAMPLES_IDLE).toMillis())),
                Map.entry("sessions.topic", "sessions"),
                // output records have the timestamps of the events
                Map.entry("topics.retention.ms", "-1"),
                Map.entry("startup.timeout.ms", "15000"),
                Map.entry("http.port", Integer.toString(options.httpPort())),
                Map.entry("board.time.zone", zoneOfThisMachine())));
        options.events()
                .ifPresent(events -> config.put("event.format", events.format().value()));
        TopicSettings defaults = valid(config).settings().topics();
        defaults.names().forEach((role, name) -> config.put(role.key(), prefix + name));
        // One partition keeps the order of the file; its users are only known once the service reads them.
        int partitions = file ? 1 : 4;
        return new QuickstartPlan(
                valid(config), partitions, file ? FILE_IDLE.plus(SETTLE_TIME).plusSeconds(1) : SETTLE_TIME);
    }

    /** Validated by the service's own rules, so that errors are reported as the service reports them. */
    private static Configuration.Valid valid(Map<String, String> config) {
        Configuration configuration = Configuration.load(config, Map.of());
        if (configuration instanceof Configuration.Valid valid) {
            return valid;
        }
        List<String> problems = ((Configuration.Invalid) configuration).problems();
        throw new CannotStartException(String.join(System.lineSeparator(), problems));
    }

    /** The board uses this machine's time zone, if it has an IANA name. */
    private static String zoneOfThisMachine() {
        ZoneId zone = ZoneId.systemDefault();
        boolean isUtc = zone.getRules().equals(ZoneOffset.UTC.getRules());
        return !isUtc && ZoneId.getAvailableZoneIds().contains(zone.getId()) ? zone.getId() : "UTC";
    }

    /** The settings of the service. */
    SessionizerSettings settings() {
        return service.settings();
    }

    String bootstrapServers() {
        return settings().runtime().kafka().get("bootstrap.servers");
    }

    String application() {
        return settings().runtime().kafka().get("application.id");
    }

    List<String> outputs() {
        return List.of(
                settings().topics().name(TopicRole.ENRICHED),
                settings().topics().name(TopicRole.CONCLUDED),
                settings().topics().name(TopicRole.DEAD_LETTER));
    }

    /**
     * Creates the events topic, with unlimited retention.
     *
     * @throws CannotStartException if it already exists, or no broker responds
     */
    void createEventsTopic() throws InterruptedException {
        String topic = settings().topics().name(TopicRole.EVENTS);
        NewTopic events = new NewTopic(topic, Optional.of(partitions), Optional.empty())
                .configs(Map.of(TopicConfig.RETENTION_MS_CONFIG, "-1"));
        Map<String, Object> client = Map.of(
                "bootstrap.servers", bootstrapServers(), "request.timeout.ms", 5000, "default.api.timeout.ms", 10_000);
        try (Admin admin = Admin.create(client)) {
            for (String existing : admin.listTopics().names().get()) {
                if (existing.equals(topic) || existing.startsWith(PREFIX)) {
                    throw new CannotStartException("topic " + existing + " is on " + bootstrapServers()
                            + " already, and is left alone: delete the topics " + PREFIX + "* there first");
                }
            }
            admin.createTopics(List.of(events)).all().get();
        } catch (ExecutionException failed) {
            throw new CannotStartException(
                    failed.getCause() instanceof TimeoutException
                            ? "no Kafka broker responds at " + bootstrapServers()
                            : "the broker at " + bootstrapServers() + " refused: "
                                    + failed.getCause().getMessage());
        }
    }
}
