package io.sessionizer.app.config;

import static io.sessionizer.app.config.ConfigSection.BOARD;
import static io.sessionizer.app.config.ConfigSection.INPUT;
import static io.sessionizer.app.config.ConfigSection.KAFKA;
import static io.sessionizer.app.config.ConfigSection.RUNNING;
import static io.sessionizer.app.config.ConfigSection.SESSIONS;
import static io.sessionizer.app.config.ConfigSection.TOPICS;

import io.sessionizer.event.format.EventField;
import io.sessionizer.event.format.FormatPreset;
import io.sessionizer.event.format.SessionStamp;
import io.sessionizer.kafka.config.TopicRole;
import io.sessionizer.session.SessionIdForm;
import io.sessionizer.session.SessionRules;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Every setting of the service: the single source for the help, the properties file and docs/configuration.md, which are
 * generated from it or checked against it. The keys of {@link ConfigSection#KAFKA} are Kafka's own, with a default or a rule
 * of the service's.
 */
public enum ConfigKey {
    BOOTSTRAP_SERVERS(KAFKA, "bootstrap.servers", null, ValueValidator.addresses(), "Kafka brokers; required"),
    APPLICATION_ID(
            KAFKA,
            "application.id",
            "sessionizer",
            ValueValidator.applicationId(),
            "consumer group, and prefix of the internal topics; instances with the same id share the work"),
    STATE_DIR(
            KAFKA,
            "state.dir",
            // Kafka's default is in /tmp, which may be empty after a restart
            "sessionizer-state",
            ValueValidator.path(),
            "directory of the local state; each instance on a host needs its own"),
    PROCESSING_GUARANTEE(
            KAFKA,
            "processing.guarantee",
            "exactly_once_v2",
            ValueValidator.oneOf("exactly_once_v2", "at_least_once"),
            "delivery guarantee; at_least_once is faster, but repeats records after a crash"),

    USER_FROM(
            INPUT,
            "user.from",
            "key",
            ValueValidator.oneOf("key", "payload"),
            "where the user's id is: in the record's key, or in the event, which is then re-keyed through a repartition topic"),
    EVENT_FORMAT(
            "event.format",
            ValueValidator.oneOf(Arrays.stream(FormatPreset.values())
                    .map(FormatPreset::value)
                    .toArray(String[]::new)),
            "pipeline that writes the events; it sets the defaults of the following keys, which are shown for clevertap"),
    EVENT_USER_FIELDS(
            EventField.USER, "locations of the user's id with user.from=payload; the first one present is used"),
    EVENT_TYPE_FIELD(EventField.TYPE, "locations of the event's type"),
    EVENT_TYPES("event.types", ValueValidator.names(), "types of events that count; empty: all"),
    EVENT_NAME_FIELD(EventField.NAME, "locations of the event's name"),
    EVENT_TIME_FIELD(EventField.TIME, "locations of the event's time"),
    EVENT_TIME_ZONE(
            "event.time.zone",
            ValueValidator.optionalZone(),
            "time zone of times without a zone; empty: such times are invalid"),
    EVENT_DATA_FIELD(EventField.DATA, "locations of the event's properties; empty: the event itself"),
    EVENT_SOURCE_FIELD(EventField.SOURCE, "locations of the event's source; a name is a property"),
    EVENT_SESSION_FIELD(
            SessionStamp.KEY,
            ValueValidator.sessionLocation(),
            "location of the session id; a name is a property; empty: only the header"),
    EVENT_SESSION_FORM(
            "event.session.form",
            ValueValidator.oneOf(Arrays.stream(SessionIdForm.values())
                    .map(SessionIdForm::value)
                    .toArray(String[]::new)),
            "form of the session id: a UUID, or the time of the event that opened the session"),
    EVENT_SESSION_HEADER(
            "event.session.header", ValueValidator.recordHeader(), "header with the session id; empty: none"),
    EVENT_SESSION_START_HEADER(
            "event.session.start.header",
            ValueValidator.recordHeader(),
            "header that is true on an event that opened its session; empty: none"),
    EXCLUDED_EVENTS("excluded.events", ValueValidator.names(), "names of events that do not count as activity"),
    UNTRACKED_SOURCES("untracked.sources", ValueValidator.names(), "sources whose events do not count as activity"),
    ERASURE("erasure", ValueValidator.oneOf("on", "off"), "whether a null value erases the user in its key"),
    EVENT_KEY_PREFIX(
            INPUT,
            "event.key.prefix",
            "false",
            ValueValidator.oneOf("true", "false"),
            "whether keys may begin with a schema registry's prefix; values always may"),
    EVENTS_UNCOUNTED(
            INPUT,
            "events.uncounted",
            "drop",
            ValueValidator.oneOf("drop", "forward"),
            "what happens to events that do not count: drop them, or forward them without a session id"),

    SESSION_INACTIVITY_GAP_MS(
            SESSIONS,
            "session.inactivity.gap.ms",
            "1200000",
            ValueValidator.range(1, SessionRules.MAX_SPAN_MS),
            "inactivity gap in ms: a session ends when its user sends no event for longer"),
    SESSION_RETENTION_MS(
            SESSIONS,
            "session.retention.ms",
            "86400000",
            ValueValidator.range(0, SessionRules.MAX_RETENTION_MS),
            "how long a concluded session is remembered for late events, in ms"),
    SESSION_MAX_PER_USER(
            SESSIONS,
            "session.max.per.user",
            "1000",
            ValueValidator.range(1, 10_000),
            "maximum number of remembered sessions per user; beyond it the oldest is forgotten"),
    IDLE_AFTER_MS(
            SESSIONS,
            "idle.after.ms",
            "30000",
            ValueValidator.range(1, SessionRules.MAX_SPAN_MS),
            "how long no record may advance a clock that is an inactivity gap or more behind before it follows the wall clock, in ms"),
    STALLED_AFTER_MS(
            SESSIONS,
            "stalled.after.ms",
            "900000",
            ValueValidator.range(1_000, SessionRules.MAX_SPAN_MS),
            "how long an input partition may make no progress before it is stalled, in ms; with user.from=payload the others continue without it"),
    EVENT_MAX_FUTURE_MS(
            SESSIONS,
            "event.max.future.ms",
            "300000",
            ValueValidator.range(0, SessionRules.MAX_SPAN_MS),
            "how far an event may be ahead of the wall clock, in ms; one further ahead is dead-lettered"),

    EVENTS_TOPIC(TopicRole.EVENTS, "events", "input topic: user events"),
    ENRICHED_TOPIC(TopicRole.ENRICHED, "enriched-events", "output topic: events with their session id"),
    CONCLUDED_TOPIC(TopicRole.CONCLUDED, "session-concluded", "output topic: a Session Concluded for each session"),
    DEAD_LETTER_TOPIC(
            TopicRole.DEAD_LETTER, "events-dead-letter", "output topic: records that could not be understood"),
    PROFILES_TOPIC(
            TopicRole.PROFILES,
            "session-profiles",
            "output topic, compacted: each user's session with the latest activity"),
    SESSIONS_TOPIC(TopicRole.SESSIONS, "", "output topic, compacted: one row per session; empty: none"),
    SETTINGS_TOPIC(TopicRole.SETTINGS, "session-settings", "control topic, compacted: the session tracking switch"),
    BOARD_TOPIC(TopicRole.BOARD, "session-board", "output topic, compacted: the statistics of the Session Board"),
    TOPICS_CREATE(
            TOPICS,
            "topics.create",
            "true",
            ValueValidator.oneOf("true", "false"),
            "whether to create missing topics at startup"),
    TOPICS_RETENTION_MS(
            TOPICS,
            "topics.retention.ms",
            "2592000000",
            ValueValidator.unlimitedOr(1, Long.MAX_VALUE),
            "retention of created output topics in ms, counted from a record's timestamp; -1 for no limit"),
    TOPICS_REPLICATION_FACTOR(
            TOPICS,
            "topics.replication.factor",
            "-1",
            ValueValidator.unlimitedOr(1, Short.MAX_VALUE),
            "replication factor of created topics; -1 for the broker's default"),

    HTTP_HOST(
            BOARD,
            "http.host",
            "localhost",
            ValueValidator.host(),
            "host name or address to listen on; 0.0.0.0 for all addresses of the machine"),
    HTTP_PORT(BOARD, "http.port", "8080", ValueValidator.range(0, 65_535), "port to listen on; 0 for any free port"),
    HTTP_HEALTH_PORT(
            BOARD, "http.health.port", "", ValueValidator.optionalPort(), "separate port for health and metrics"),
    HTTP_NAMES(
            BOARD,
            "http.names",
            "",
            ValueValidator.hosts(),
            "host names that requests may be addressed to, besides localhost, IP addresses, http.host, application.server and the machine's name"),
    HTTP_READS(
            BOARD,
            "http.reads",
            "open",
            ValueValidator.oneOf("open", "token", "proxy"),
            "who may read: everyone, callers with the token, or users authenticated by the proxy (and callers with the token)"),
    HTTP_PROXY_ADDRESSES(
            BOARD,
            "http.proxy.addresses",
            "",
            ValueValidator.addressRanges(),
            "addresses that the proxy connects from"),
    HTTP_PROXY_USER_HEADER(
            BOARD, "http.proxy.user.header", "", ValueValidator.header(), "header in which the proxy names the user"),
    HTTP_TOKEN(
            BOARD,
            "http.token",
            "",
            ValueValidator.token(),
            "bearer token that changes over HTTP require, the same on all instances; if empty, changes are accepted from this machine only or, if http.host is not local, a token is generated in state.dir"),
    HTTP_TOKEN_FILE(
            BOARD, "http.token.file", "", ValueValidator.tokenFile(), "file with the token; read again on each use"),
    BOARD_TIME_ZONE(
            BOARD,
            "board.time.zone",
            "UTC",
            ValueValidator.zone(),
            "time zone of the days on the Session Board, unless a visitor chooses another"),

    STARTUP_TIMEOUT_MS(
            RUNNING,
            "startup.timeout.ms",
            "60000",
            ValueValidator.range(1, SessionRules.MAX_SPAN_MS),
            "how long to try to reach a broker at startup, in ms"),
    THREAD_MAX_REPLACEMENTS(
            RUNNING,
            "thread.max.replacements",
            "5",
            ValueValidator.range(0, 1_000_000),
            "how many times per hour each stream thread may be replaced after a crash before the process exits"),
    STATE_MEMORY_BYTES(
            RUNNING,
            "state.memory.bytes",
            "134217728",
            ValueValidator.atLeast(16L << 20),
            "memory for RocksDB outside the Java heap, for all stores of the process together, in bytes");

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

    /** A key whose default depends on the format. */
    ConfigKey(String key, ValueValidator validator, String doc) {
        this(INPUT, key, FormatPreset.CLEVERTAP.defaultOf(key).orElse(FormatPreset.CLEVERTAP.value()), validator, doc);
    }

    ConfigKey(EventField field, String doc) {
        this(field.key(), ValueValidator.locations(field), doc);
    }

    ConfigKey(TopicRole role, String defaultValue, String doc) {
        this(TOPICS, role.key(), defaultValue, ValueValidator.topic(role), doc);
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

    /**
     * Empty if the key is required; may be an empty string. If it depends on the format, the default of the default
     * format.
     */
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
