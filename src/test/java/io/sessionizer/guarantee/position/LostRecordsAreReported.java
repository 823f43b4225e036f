package io.sessionizer.guarantee.position;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sessionizer.guarantee.support.RequestGate;
import io.sessionizer.guarantee.support.TestApplication;
import io.sessionizer.kafka.config.SessionizerSettings.UserFrom;
import io.sessionizer.kafka.status.Counters.Count;
import io.sessionizer.quickstart.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.protocol.ApiKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the log of the input does not have any more stops nothing: it is reported, and the rest is read. */
class LostRecordsAreReported {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource(UserFrom.class)
    void recordsThatWereDeletedUnreadAreCounted(UserFrom userFrom) throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("broker"), 0);
                TestApplication app = application("deleted", broker, userFrom)) {
            app.createInput(2);
            app.send(0, 3);
            app.start();
            app.awaitProcessed(3);
            app.stop();
            app.send(0, 7);
            TestApplication.await(app.admin()
                    .deleteRecords(Map.of(app.partition(0), RecordsToDelete.beforeOffset(8)))
                    .all());
            app.start();
            app.awaitProcessed(2);
            assertEquals(5, app.count(Count.RECORDS_DELETED_UNREAD));
        }
    }

    /** As when the service lags: a fetch is on its way, and the broker deletes what it asks for. */
    @ParameterizedTest
    @EnumSource(UserFrom.class)
    void recordsThatAreDeletedWhileItRunsAreCounted(UserFrom userFrom) throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("broker"), 0, RequestGate.SETTINGS);
                TestApplication app = application("meanwhile", broker, userFrom)) {
            app.createInput(1);
            app.send(0, 3);
            app.start();
            app.awaitProcessed(3);
            RequestGate.hold(ApiKeys.FETCH);
            RequestGate.awaitHeld(ApiKeys.FETCH);
            app.send(0, 7);
            TestApplication.await(app.admin()
                    .deleteRecords(Map.of(app.partition(0), RecordsToDelete.beforeOffset(8)))
                    .all());
            RequestGate.release(ApiKeys.FETCH);
            app.awaitProcessed(5);
            assertEquals(5, app.count(Count.RECORDS_DELETED_UNREAD));
            assertEquals(5, app.count(Count.EVENTS_COUNTED));
        } finally {
            RequestGate.open();
        }
    }

    /**
     * The log of partition 0 is put back to what it was before its last records, as when a replica that had fallen behind
     * becomes the leader.
     */
    @Test
    void aLogThatWasCutIsReadOnFromTheCut() throws Exception {
        Path logs = directory.resolve("broker");
        EmbeddedBroker broker = EmbeddedBroker.start(logs, 0);
        int port = Integer.parseInt(broker.bootstrapServers().split(":")[1]);
        try (TestApplication app = application("cut", broker, UserFrom.KEY)) {
            app.createInput(1);
            app.send(0, 3);
            broker.close();
            Path log = logs.resolve(app.partition(0).toString());
            copy(log, directory.resolve("copy"));
            broker = EmbeddedBroker.start(logs, port);
            app.awaitLeader(0);
            app.send(0, 4);
            app.start();
            app.awaitProcessed(7);
            app.stop();
            broker.close();
            delete(log);
            copy(directory.resolve("copy"), log);
            broker = EmbeddedBroker.start(logs, port);
            app.awaitLeader(0);
            app.send(0, 5);
            app.start();
            app.awaitProcessed(5);
            assertEquals(5, app.count(Count.EVENTS_COUNTED));
            assertEquals(0, app.count(Count.RECORDS_DELETED_UNREAD));
        } finally {
            broker.close();
        }
    }

    private TestApplication application(String name, EmbeddedBroker broker, UserFrom userFrom) {
        return new TestApplication(name, directory, userFrom, Map.of("bootstrap.servers", broker.bootstrapServers()));
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.delete(file);
            }
        }
    }
}
