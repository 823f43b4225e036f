package io.sessionizer.kafka.topics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sessionizer.guarantee.support.PollingWait;
import io.sessionizer.kafka.TestSettings;
import io.sessionizer.kafka.config.CannotStartException;
import io.sessionizer.kafka.config.SessionizerSettings.Uncounted;
import io.sessionizer.kafka.config.SessionizerSettings.UserFrom;
import io.sessionizer.quickstart.EmbeddedBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.ForwardingAdmin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Topics that are created while the service starts: not all brokers know them at once, and another may create them. */
class FirstStartTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static EmbeddedBroker broker;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        broker = EmbeddedBroker.start(directory, 0);
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void asksAgain_whereABrokerDoesNotKnowATopicYet() throws Exception {
        try (Admin admin = Admin.create(client());
                Admin other = Admin.create(client())) {
            admin.describeCluster().nodes().get();
            double before = responses(admin);
            CompletableFuture<Map<String, Config>> asked = CompletableFuture.supplyAsync(() -> configs(admin, "late"));
            PollingWait.until(
                    "the broker has answered that it knows no topic", PATIENCE, () -> responses(admin) > before);
            other.createTopics(List.of(new NewTopic("late", 1, (short) 1)))
                    .all()
                    .get();

            assertEquals(Set.of("late"), asked.get().keySet());
        }
    }

    private static Map<String, Config> configs(Admin admin, String topic) {
        try {
            return new TopicAdmin(admin).configs(List.of(topic));
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static double responses(Admin admin) {
        return admin.metrics().entrySet().stream()
                .filter(metric -> metric.getKey().name().equals("response-total")
                        && metric.getKey().group().equals("admin-client-metrics"))
                .mapToDouble(metric -> (Double) metric.getValue().metricValue())
                .sum();
    }

    /** As a consumer of the outputs does, for which the broker creates a topic by its own defaults. */
    @Test
    void comparesATopicThatAnotherCreatesMeanwhile() throws Exception {
        try (Admin admin = new Overtaken(Map.of("enriched-events", 2))) {
            TopicProvisioner provisioner =
                    new TopicProvisioner(admin, TestSettings.of(UserFrom.KEY, Uncounted.DROP, Map.of()), "first-start");
            assertEquals(List.of(), provisioner.problems());
            assertEquals(
                    "enriched.topic: must have as many partitions as events, 1; add the missing ones with kafka-topics"
                            + " --alter, or name another topic. Found: enriched-events with 2",
                    assertThrows(CannotStartException.class, provisioner::createMissing)
                            .getMessage());
        }
    }

    private static Map<String, Object> client() {
        return Map.of("bootstrap.servers", broker.bootstrapServers());
    }

    /** A client that another overtakes at the creation of topics. */
    private static final class Overtaken extends ForwardingAdmin {
        private final Map<String, Integer> partitions;

        /** @param partitions that the other client creates topics with */
        Overtaken(Map<String, Integer> partitions) {
            super(client());
            this.partitions = partitions;
        }

        @Override
        public CreateTopicsResult createTopics(Collection<NewTopic> topics, CreateTopicsOptions options) {
            List<NewTopic> others = topics.stream()
                    .filter(topic -> partitions.containsKey(topic.name()))
                    .map(topic -> new NewTopic(topic.name(), partitions.get(topic.name()), (short) 1))
                    .toList();
            super.createTopics(others, options)
                    .all()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
            return super.createTopics(topics, options);
        }
    }
}
