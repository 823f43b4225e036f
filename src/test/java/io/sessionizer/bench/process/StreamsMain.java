package io.sessionizer.bench.process;

import io.sessionizer.app.config.Configuration;
import io.sessionizer.kafka.ShippedProperties;
import io.sessionizer.kafka.config.SessionizerSettings;
import io.sessionizer.kafka.config.TopicRole;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;

/**
 * Runs what the service is compared with, under the very settings that the service gives Kafka Streams: {@code copy FILE}
 * or {@code dsl FILE GRACE_MS}, the file being one of the service's configuration.
 */
final class StreamsMain {
    private StreamsMain() {}

    public static void main(String[] arguments) throws IOException {
        SessionizerSettings settings = settings(Path.of(arguments[1]));
        Topology topology = arguments[0].equals("copy")
                ? copy(settings)
                : new DslTopology(settings, Duration.ofMillis(Long.parseLong(arguments[2]))).build();
        StreamsConfig config = new StreamsConfig(ShippedProperties.of(settings));
        KafkaStreams streams = new KafkaStreams(topology, config);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> streams.close(
                        CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP)
                                .withTimeout(Duration.ofSeconds(30)))));
        streams.setStateListener((now, before) -> {
            if (now == KafkaStreams.State.ERROR) {
                Runtime.getRuntime().halt(1);
            }
        });
        streams.start();
    }

    private static SessionizerSettings settings(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        Map<String, String> values = new HashMap<>();
        properties.stringPropertyNames().forEach(name -> values.put(name, properties.getProperty(name)));
        Configuration configuration = Configuration.load(values, Map.of());
        if (configuration instanceof Configuration.Valid valid) {
            return valid.settings();
        }
        throw new IllegalArgumentException(configuration.toString());
    }

    /** The least that any Kafka Streams application does with a topic. */
    private static Topology copy(SessionizerSettings settings) {
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream(settings.topics().name(TopicRole.EVENTS), Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()))
                .to(settings.topics().name(TopicRole.ENRICHED), Produced.with(Serdes.ByteArray(), Serdes.ByteArray()));
        return builder.build();
    }
}
