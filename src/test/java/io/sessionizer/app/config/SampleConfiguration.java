package io.sessionizer.app.config;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.sessionizer.app.config.Configuration.Valid;
import io.sessionizer.kafka.config.SessionizerSettings;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Configurations as the keys and values of a file, and what they load to. */
final class SampleConfiguration {
    static final Map<String, String> NO_ENVIRONMENT = Map.of();
    static final Map<String, String> REQUIRED_KEYS = Map.of("bootstrap.servers", "kafka:9092");

    private SampleConfiguration() {}

    /** Each key of the service with a value other than its default, except {@code untracked.sources}. */
    static Map<String, String> everyKey() {
        Map<String, String> file = new HashMap<>();
        file.put("bootstrap.servers", "SSL://[::1]:9092, b.example:9093");
        file.put("application.id", "app");
        file.put("state.dir", "/var/lib/x");
        file.put("processing.guarantee", "at_least_once");
        file.put("user.from", "payload");
        file.put("event.format", "segment");
        file.put("event.user.fields", "uid, \"a,b\"");
        file.put("event.type.field", "kind");
        file.put("event.types", "act");
        file.put("event.name.field", "what");
        file.put("event.time.field", "/at/when");
        file.put("event.time.zone", "Asia/Kathmandu");
        file.put("event.data.field", "props");
        file.put("event.source.field", "header:from");
        file.put("event.session.field", "sid");
        file.put("event.session.form", "epoch.millis");
        file.put("event.session.header", "session");
        file.put("event.session.start.header", "start");
        file.put("erasure", "off");
        file.put("event.key.prefix", "true");
        file.put("excluded.events", " X , Y ");
        file.put("untracked.sources", "");
        file.put("events.uncounted", "forward");
        file.put("session.inactivity.gap.ms", "1");
        file.put("session.retention.ms", "2");
        file.put("session.max.per.user", "3");
        file.put("idle.after.ms", "4");
        file.put("stalled.after.ms", "1000");
        file.put("event.max.future.ms", "5");
        file.put("events.topic", "t1");
        file.put("enriched.topic", "t2");
        file.put("concluded.topic", "t3");
        file.put("dead.letter.topic", "t4");
        file.put("profiles.topic", "t5");
        file.put("sessions.topic", "t6");
        file.put("settings.topic", "t7");
        file.put("board.topic", "t8");
        file.put("topics.create", "false");
        file.put("topics.retention.ms", "-1");
        file.put("topics.replication.factor", "3");
        file.put("http.host", "::");
        file.put("http.port", "0");
        file.put("http.health.port", "9000");
        file.put("http.names", "Board.example,b.example");
        file.put("http.reads", "proxy");
        file.put("http.proxy.addresses", "10.0.0.0/8,::1");
        file.put("http.proxy.user.header", "X-User");
        file.put("http.token", "0123456789abcdef");
        file.put("http.token.file", "");
        file.put("board.time.zone", "Asia/Kathmandu");
        file.put("startup.timeout.ms", "6");
        file.put("thread.max.replacements", "7");
        file.put("state.memory.bytes", "16777216");
        return file;
    }

    /** The required keys and these. */
    static Map<String, String> with(String... pairs) {
        Map<String, String> file = new LinkedHashMap<>(REQUIRED_KEYS);
        for (int i = 0; i < pairs.length; i += 2) {
            file.put(pairs[i], pairs[i + 1]);
        }
        return file;
    }

    static SessionizerSettings settings(Map<String, String> file, Map<String, String> environment) {
        return valid(file, environment).settings();
    }

    static Valid valid(Map<String, String> file, Map<String, String> environment) {
        return assertInstanceOf(Valid.class, Configuration.load(file, environment));
    }
}
