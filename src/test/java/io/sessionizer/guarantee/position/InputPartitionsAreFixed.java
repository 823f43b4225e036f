package io.sessionizer.guarantee.position;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.guarantee.support.TestApplication;
import io.sessionizer.kafka.config.CannotStartException;
import io.sessionizer.kafka.config.SessionizerSettings.UserFrom;
import io.sessionizer.kafka.status.Counters.Count;
import io.sessionizer.quickstart.EmbeddedBroker;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.admin.NewPartitions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The number of input partitions is fixed for an {@code application.id} (specification, section 4): if it changes, no record of
 * a new partition is processed, and every instance stops with one line.
 */
class InputPartitionsAreFixed {
    private static EmbeddedBroker broker;

    @TempDir
    private static Path directory;

    @BeforeAll
    static void start() throws Exception {
        broker = EmbeddedBroker.start(directory.resolve("broker"), 0);
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @ParameterizedTest
    @EnumSource(UserFrom.class)
    void everyInstanceStops_whenPartitionsAreAddedWhileItRuns(UserFrom userFrom) throws Exception {
        String name = "running-" + userFrom;
        try (TestApplication first = application(name, "first", userFrom);
                TestApplication second = application(name, "second", userFrom)) {
            first.createInput(2);
            first.send(0, 1);
            first.start();
            first.awaitProcessed(1);
            second.start();
            addPartitions(first, 3);
            first.send(2, 5);
            for (TestApplication each : new TestApplication[] {first, second}) {
                String line = each.awaitStop();
                assertTrue(
                        line.startsWith("application.id: its state is for 2 partitions, but " + first.input()
                                + " has 3; give a new application.id, which reads the topic from its start"),
                        line);
            }
            assertEquals(1, first.count(Count.EVENTS_COUNTED) + second.count(Count.EVENTS_COUNTED));
        }
    }

    @ParameterizedTest
    @EnumSource(UserFrom.class)
    void doesNotStart_whenPartitionsWereAddedBetweenTwoRuns(UserFrom userFrom) throws Exception {
        try (TestApplication app = application("between-" + userFrom, "only", userFrom)) {
            app.createInput(2);
            app.send(0, 1);
            app.start();
            app.awaitProcessed(1);
            app.stop();
            addPartitions(app, 3);
            app.send(2, 5);
            CannotStartException failure = assertThrows(CannotStartException.class, app::start);
            assertEquals(1, failure.problems().size(), failure::getMessage);
            assertTrue(
                    failure.getMessage()
                            .startsWith(
                                    "application.id: its state is for 2 partitions, but " + app.input() + " has 3;"),
                    failure.getMessage());
        }
    }

    private static void addPartitions(TestApplication app, int total) {
        TestApplication.await(app.admin()
                .createPartitions(Map.of(app.input(), NewPartitions.increaseTo(total)))
                .all());
        app.awaitLeader(total - 1);
    }

    /** The consumers see new partitions after a second, sooner than the watch on the topic: it must not matter. */
    private static TestApplication application(String name, String instance, UserFrom userFrom) {
        return new TestApplication(
                name,
                directory.resolve(instance),
                userFrom,
                Map.of("bootstrap.servers", broker.bootstrapServers(), "metadata.max.age.ms", "1000"));
    }
}
