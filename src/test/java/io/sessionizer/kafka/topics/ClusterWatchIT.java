package io.sessionizer.kafka.topics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sessionizer.guarantee.support.PollingWait;
import io.sessionizer.guarantee.support.TestApplication;
import io.sessionizer.kafka.TestSettings;
import io.sessionizer.kafka.config.SessionizerSettings;
import io.sessionizer.kafka.config.SessionizerSettings.Uncounted;
import io.sessionizer.kafka.config.SessionizerSettings.UserFrom;
import io.sessionizer.kafka.config.StreamsProperties;
import io.sessionizer.kafka.config.TopicRole;
import io.sessionizer.kafka.config.UnrecoverableException;
import io.sessionizer.quickstart.EmbeddedBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator changes of the topics while the service runs. */
class ClusterWatchIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void noticesWhatAnOperatorChanges(@TempDir Path directory) throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory, 0);
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            SessionizerSettings settings = TestSettings.of(
                    UserFrom.KEY, Uncounted.DROP, Map.of("bootstrap.servers", broker.bootstrapServers()));
            StreamsConfig config = new StreamsConfig(StreamsProperties.of(settings));
            ReadyTopics topics = Startup.prepare(settings, config);
            Supplier<TopicLimit> enriched = topics.limits().topic(TopicRole.ENRICHED);
            List<String> reasons = new ArrayList<>();
            try (ClusterWatch watch =
                    new ClusterWatch(settings, config, new InputTopicWatch(config, topics.input()), topics.limits())) {
                watch.start(stop -> reasons.add(stop.getMessage()));
                alter(admin, "enriched-events", "max.message.bytes", "100000");
                PollingWait.until(
                        "the lowered limit is known",
                        PATIENCE,
                        () -> enriched.get().maxBytes() < 100_000);
                assertEquals(
                        enriched.get(), topics.limits().get().topic(TopicRole.ENRICHED), "all limits are of one time");
                watch.check();
                assertEquals(List.of(), reasons);

                alter(admin, "events-dead-letter", "cleanup.policy", "compact");
                PollingWait.until("the check finds it", PATIENCE, () -> isRefused(watch));
                assertEquals(
                        "dead.letter.topic: must not be compacted",
                        assertThrows(UnrecoverableException.class, watch::check)
                                .getMessage()
                                .substring(0, 40));
            }
        }
    }

    private static boolean isRefused(ClusterWatch watch) {
        try {
            watch.check();
            return false;
        } catch (UnrecoverableException e) {
            return true;
        }
    }

    private static void alter(Admin admin, String topic, String setting, String value) {
        TestApplication.await(admin.incrementalAlterConfigs(Map.of(
                        new ConfigResource(ConfigResource.Type.TOPIC, topic),
                        List.of(new AlterConfigOp(new ConfigEntry(setting, value), AlterConfigOp.OpType.SET))))
                .all());
    }
}
