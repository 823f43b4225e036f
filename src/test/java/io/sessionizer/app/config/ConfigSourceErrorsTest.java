package io.sessionizer.app.config;

import static io.sessionizer.app.config.SampleConfiguration.NO_ENVIRONMENT;
import static io.sessionizer.app.config.SampleConfiguration.with;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each problem of environment variables and of the configuration file. */
class ConfigSourceErrorsTest {
    @TempDir
    Path directory;

    private final ErrorTranscript transcript = new ErrorTranscript();

    @Test
    void reportWhatIsWrongWithVariables() throws IOException {
        for (ConfigKey key : ConfigKey.values()) {
            environment(Map.of(EnvironmentVariables.variable(key.key()), "a /,"));
        }
        for (String key : List.of("linger.ms", "producer.acks", "group.id", "topic.cleanup.policy", "ssl.protocol")) {
            environment(Map.of(EnvironmentVariables.variable(key), "a /,"));
        }
        environment(Map.of("SESSIONIZER_", "x"));
        environment(Map.of("SESSIONIZER_HTTP_PORT", "tcp://10.0.0.1:80"));
        environment(Map.of("SESSIONIZER_PORT", "tcp://10.0.0.1:80"));
        environment(Map.of("SESSIONIZER_PORT", "80"));
        environment(Map.of("SESSIONIZER_BOARD_PORT", "tcp://10.0.0.1:80"));
        environment(Map.of("SESSIONIZER_BOARD_PORT_80_TCP_ADDR", "10.0.0.1"));
        environment(Map.of("SESSIONIZER_SERVICE_HOST", "10.0.0.1", "SESSIONIZER_SERVICE_PORT_HTTP", "80"));
        environment(Map.of("SESSIONIZER_SERVICE_HOSTS", "10.0.0.1"));
        environment(Map.of("sessionizer_http_port", "x", "HTTP_PORT", "x", "SESSIONIZERS_HTTP_PORT", "x"));
        environment(Map.of("SESSIONIZER_EVENTS_TOPIC", "session-board"));
        environment(Map.of("SESSIONIZER_EVENT_TIME_FIELD", "evtName", "SESSIONIZER_EVENT_USER_FIELDS", "evtName"));
        environment(Map.of("SESSIONIZER_PRODUCER_ACKS", "1"));
        transcript.check("variables.txt");
    }

    private void environment(Map<String, String> variables) {
        transcript.add(new TreeMap<>(variables).toString(), Configuration.load(with("http.port", "x"), variables));
    }

    @Test
    void reportWhatIsWrongWithTheFile() throws IOException {
        file("twice", "events.topic=a\nhttp.token=hunter2\nevents.topic=b\nevents.topic=c\nhttp.token=hunter3\n");
        file("unknown twice", "a.b=1\na.b=2\n");
        file("marked", "\uFEFFbootstrap.servers=kafka\n");
        file("empty", "");
        file("bad escape", "bootstrap.servers=kafka:9092\nstate.dir=C:\\users\n");
        file("no value", "bootstrap.servers\nevents.topic\n");
        file("path", "state.dir=a\\u0000b\n");
        file("order", "z=1\nb=2\nhttp.port=z\na=3\napplication.id=\\ \n");
        Path latin = Files.write(directory.resolve("latin"), "events.topic=ä".getBytes(StandardCharsets.ISO_8859_1));
        read("not in UTF-8", latin);
        read("a directory", directory);
        read("not there", directory.resolve("none"));
        transcript.mask(directory.toString(), "DIRECTORY");
        transcript.check("files.txt");
    }

    private void file(String what, String text) throws IOException {
        read(what, Files.writeString(directory.resolve(what), text));
    }

    private void read(String what, Path path) {
        transcript.add(what, Configuration.load(ConfigFile.read(path), NO_ENVIRONMENT));
    }
}
