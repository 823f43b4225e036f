package io.sessionizer.app.config;

import static io.sessionizer.app.config.ConfigSection.BOARD;
import static io.sessionizer.app.config.ConfigSection.INPUT;
import static io.sessionizer.app.config.ConfigSection.KAFKA;
import static io.sessionizer.app.config.ConfigSection.RUNNING;
import static io.sessionizer.app.config.ConfigSection.SESSIONS;
import static io.sessionizer.app.config.ConfigSection.TOPICS;

import io.sessionizer.event.EventFormat;
import io.sessionizer.kafka.config.TopicRole;
import io.sessionizer.session.SessionRules;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Every setting of the service: the single source for the help, the properties file and the README's table, which are
 * generated from it or checked against it. The keys of {@link ConfigSection#KAFKA} are Kafka's own, with a default or a rule
 * of the service's.
 */
public enum ConfigKey {
    BOOTSTRAP_SERVERS(KAFKA, "bootstrap.servers", null, ValueValidator.addresses(), "the Kafka brokers; required"),
    APPLICATION_ID(
            KAFKA,
            "application.id",
            "sessionizer",
            ValueValidator.applicationId(),
            "consumer group, and prefix of the service's internal topics; instances with the same one share the work"),
    STATE_DIR(
            KAFKA,
            "state.dir",
            // Kafka's default is in /tmp, which may be empty after a restart
            "sessionizer-state",
            ValueValidator.path(),
            "where the state lives on disk; each instance on a host needs its own"),
    PROCESSING_GUARANTEE(
            KAFKA,
            "processing.guarantee",
            "exactly_once_v2",
            ValueValidator.oneOf("exactly_once_v2", "at_least_once"),
            "at_least_once is faster, and repeats records after a crash"),

    USER_FROM(
            INPUT,
            "user.from",
            "key",
            ValueValidator.oneOf("key", "payload"),
            "where the user stands; with payload the events are re-keyed through a repartition topic"),
    EVENT_USER_FIELDS(
            INPUT,
            "event.user.fields",
            String.join(",", EventFormat.DEFAULT.userFields()),
            ValueValidator.atLeastOneName(),
            "fields of the user with user.from=payload; the first that is there counts"),
    EVENT_TYPE_FIELD(INPUT, "event.type.field", EventFormat.DEFAULT.typeField(), "field of the event's type"),
    EVENT_NAME_FIELD(INPUT, "event.name.field", EventFormat.DEFAULT.nameField(), "field of the event's name"),
    EVENT_TIME_FIELD(INPUT, "event.time.field", EventFormat.DEFAULT.timeField(), "field of when the user did it"),
    EVENT_DATA_FIELD(INPUT, "event.data.field", EventFormat.DEFAULT.dataField(), "field of the event's properties"),
    EVENT_SOURCE_FIELD(
            INPUT, "event.source.field", EventFormat.DEFAULT.sourceField(), "property of the event's source"),
    EVENT_SESSION_FIELD(
            INPUT,
            "event.session.field",
            EventFormat.DEFAULT.sessionField(),
            "property that the session id is written to"),
    EXCLUDED_EVENTS(
            INPUT,
            "excluded.events",
            String.join(",", EventFormat.DEFAULT_EXCLUDED_EVENTS),
            ValueValidator.names(),
            "names of events that do not count"),
    UNTRACKED_SOURCES(
            INPUT,
            "untracked.sources",
            String.join(",", EventFormat.DEFAULT.untrackedSources()),
            ValueValidator.names(),
            "sources whose events do not count"),
    EVENTS_UNCOUNTED(
            INPUT,
            "events.uncounted",
            "drop",
            ValueValidator.oneOf("drop", "forward"),
            "what becomes of events that do not count; forwarded ones are not stamped"),

    SESSION_INACTIVITY_GAP_MS(
            SESSIONS,
            "session.inactivity.gap.ms",
            "1200000",
            ValueValidator.range(1, SessionRules.MAX_SPAN_MS),
            "ms between two events of a user that still are one session, at most"),
    SESSION_RETENTION_MS(
            SESSIONS,
            "session.retention.ms",
            "86400000",
            ValueValidator.range(0, SessionRules.MAX_RETENTION_MS),
            "ms that a concluded session is remembered for late events"),
    SESSION_MAX_PER_USER(
            SESSIONS,
            "session.max.per.user",
            "1000",
            ValueValidator.range(1, 10_000),
            "remembered sessions of one user, at most"),
    IDLE_AFTER_MS(
            SESSIONS,
            "idle.after.ms",
            "30000",
            ValueValidator.range(1, SessionRules.MAX_SPAN_MS),
            "ms in which no record advances a clock that is a gap or more behind until it follows the wall clock"),
    STALLED_AFTER_MS(
            SESSIONS,
            "stalled.after.ms",
            "900000",
            ValueValidator.range(1_000, SessionRules.MAX_SPAN_MS),
            "ms without progress after which an input partition is stalled; with user.from=payload it is left out then"),
    EVENT_MAX_FUTURE_MS(
            SESSIONS,
            "event.max.future.ms",
            "300000",
            ValueValidator.range(0, SessionRules.MAX_SPAN_MS),
            "ms that an event may lie ahead of the wall clock before it is dead-lettered"),

    EVENTS_TOPIC(TOPICS, TopicRole.EVENTS.key(), "events", ValueValidator.topic(), "input: user events"),
    ENRICHED_TOPIC(
            TOPICS,
            TopicRole.ENRICHED.key(),
            "enriched-events",
            ValueValidator.topic(),
            "output: events with their session id"),
    CONCLUDED_TOPIC(
            TOPICS,
            TopicRole.CONCLUDED.key(),
            "session-concluded",
            ValueValidator.topic(),
            "output: an event for each session that concluded"),
    DEAD_LETTER_TOPIC(
            TOPICS,
            TopicRole.DEAD_LETTER.key(),
            "events-dead-letter",
            ValueValidator.topic(),
            "output: records that could not be understood"),
    PROFILES_TOPIC(
            TOPICS,
            TopicRole.PROFILES.key(),
            "session-profiles",
            ValueValidator.topic(),
            "output, compacted: each user's session with the latest activity"),
    SETTINGS_TOPIC(
            TOPICS,
            TopicRole.SETTINGS.key(),
            "session-settings",
            ValueValidator.topic(),
            "control, compacted: what is switched while running"),
    BOARD_TOPIC(
            TOPICS,
            TopicRole.BOARD.key(),
            "session-board",
            ValueValidator.topic(),
            "output, compacted: the figures of the Session Board"),
    TOPICS_CREATE(
            TOPICS,
            "topics.create",
            "true",
            ValueValidator.oneOf("true", "false"),
            "whether missing topics are created at the start"),
    TOPICS_RETENTION_MS(
            TOPICS,
            "topics.retention.ms",
            "2592000000",
            ValueValidator.unlimitedOr(1, Long.MAX_VALUE),
            "ms that created output topics keep a record, counted from its timestamp; -1 is no limit"),
    TOPICS_REPLICATION_FACTOR(
            TOPICS,
            "topics.replication.factor",
            "-1",
            ValueValidator.unlimitedOr(1, Short.MAX_VALUE),
            "replicas of created topics; -1 is the broker's default"),

    HTTP_HOST(
            BOARD,
            "http.host",
            "localhost",
            ValueValidator.host(),
            "name or address that pages, API, health and metrics are served at; 0.0.0.0 is every address of the machine"),
    HTTP_PORT(BOARD, "http.port", "8080", ValueValidator.range(0, 65_535), "port of the same; 0 is any free one"),
    HTTP_HEALTH_PORT(BOARD, "http.health.port", "", ValueValidator.optionalPort(), "port for health and metrics alone"),
    HTTP_NAMES(
            BOARD,
            "http.names",
            "",
            ValueValidator.hosts(),
            "host names that requests may be for, besides localhost, IP addresses, http.host, application.server and the machine's name"),
    HTTP_READS(
            BOARD,
            "http.reads",
            "open",
            ValueValidator.oneOf("open", "token", "proxy"),
            "who may read: all, who presents the token, or whom the proxy has signed on (and who presents the token)"),
    HTTP_PROXY_ADDRESSES(
            BOARD,
            "http.proxy.addresses",
            "",
            ValueValidator.addressRanges(),
            "addresses that the proxy connects from"),
    HTTP_PROXY_USER_HEADER(
            BOARD, "http.proxy.user.header", "", ValueValidator.header(), "header that the proxy names the user in"),
    HTTP_TOKEN(
            BOARD,
            "http.token",
            "",
            ValueValidator.token(),
            "token that changes by HTTP need, the same on all instances; empty: at localhost changes are taken from this machine alone, else a token is generated in state.dir"),
    HTTP_TOKEN_FILE(
            BOARD, "http.token.file", "", ValueValidator.tokenFile(), "file of the token, read again on each use"),
    BOARD_TIME_ZONE(
            BOARD,
            "board.time.zone",
            "UTC",
            ValueValidator.zone(),
            "time zone whose days the Session Board counts by, where a visitor chooses no other"),

    STARTUP_TIMEOUT_MS(
            RUNNING,
            "startup.timeout.ms",
            "60000",
            ValueValidator.range(1, SessionRules.MAX_SPAN_MS),
            "ms to try to reach the broker at the start"),
    THREAD_MAX_REPLACEMENTS(
            RUNNING,
            "thread.max.replacements",
            "5",
            ValueValidator.range(0, 1_000_000),
            "how often an hour each stream thread may be replaced after a crash before the process gives up"),
    STATE_MEMORY_BYTES(
            RUNNING,
            "state.memory.bytes",
            "134217728",
            ValueValidator.atLeast(16L << 20),
            "memory for RocksDB over all stores of the process, outside the Java heap");

    private static final Map<String, ConfigKey> BY_KEY =
            Arrays.stream(values()).collect(Collectors.toMap(ConfigKey::key, Function.identity()));

    private final ConfigSection section;
    private final String key;
    private final String defaultValue;
    private final ValueValidator validator;
    private final String doc;

    ConfigKey(ConfigSection section, String key, String defaultValue, ValueValidator validator, String doc) {
        this.section = section;
        this.key = key;
        this.defaultValue = defaultValue;
        this.validator = validator;
        this.doc = doc;
    }

    /** A key whose value is a single name. */
    ConfigKey(ConfigSection section, String key, String defaultValue, String doc) {
        this(section, key, defaultValue, ValueValidator.name(), doc);
    }

    static Optional<ConfigKey> find(String key) {
        return Optional.ofNullable(BY_KEY.get(key));
    }

    ConfigSection section() {
        return section;
    }

    /** The key as written in a file. */
    public String key() {
        return key;
    }

    /** Empty if the key is required; may be an empty string. */
    Optional<String> defaultValue() {
        return Optional.ofNullable(defaultValue);
    }

    ValueValidator validator() {
        return validator;
    }

    /** One line. */
    public String doc() {
        return doc;
    }

    /** Whether it is also a setting of Kafka. */
    boolean isKafkaKey() {
        return section == KAFKA;
    }
}
