package io.sessionizer.guarantee.position;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.guarantee.support.TestApplication;
import io.sessionizer.kafka.config.SessionizerSettings.UserFrom;
import io.sessionizer.kafka.status.Counters.Count;
import io.sessionizer.quickstart.EmbeddedBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Nothing is skipped or read twice in silence (specification, section 4): where the committed positions do not agree with the
 * state, the service stops until an operator has decided.
 */
@Tag("long")
class PositionsAgreeWithTheState {
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
    void stopsWhereTheCommittedPositionIsMissing_andContinuesFromTheStoredOne(UserFrom userFrom) throws Exception {
        try (TestApplication app = afterThreeEvents("missing-" + userFrom, userFrom)) {
            app.deleteCommitted(0);
            app.send(0, 2);
            app.start();
            assertEquals(
                    app.partition(0)
                            + ": must have a committed position. Found: committed nothing, stored 3, and a log that"
                            + " starts at 0 and ends at 5; run --accept-positions continues from 3",
                    app.awaitStop());
            app.startAccepting();
            app.awaitProcessed(2);
            app.stop();
            app.send(0, 1);
            app.start();
            app.awaitProcessed(1);
            assertEquals(1, app.count(Count.EVENTS_COUNTED));
        }
    }

    @ParameterizedTest
    @EnumSource(UserFrom.class)
    void stopsWhereAToolHasSetThePosition_andContinuesFromThere(UserFrom userFrom) throws Exception {
        try (TestApplication app = afterThreeEvents("foreign-" + userFrom, userFrom)) {
            app.setCommitted(0, new OffsetAndMetadata(1));
            app.start();
            assertEquals(
                    app.partition(0)
                            + ": must have a committed position that the service wrote. Found: committed 1, stored"
                            + " 3, and a log that starts at 0 and ends at 3; run --accept-positions continues from 1",
                    app.awaitStop());
            app.startAccepting();
            app.awaitProcessed(2);
            app.stop();
            app.send(0, 1);
            app.start();
            app.awaitProcessed(1);
            assertEquals(1, app.count(Count.EVENTS_COUNTED));
        }
    }

    @Test
    void stopsWhereThePositionIsBeforeTheStoredOne() throws Exception {
        try (TestApplication app = afterThreeEvents("before", UserFrom.KEY)) {
            app.setCommitted(0, new OffsetAndMetadata(2, app.committed(0).metadata()));
            app.start();
            assertEquals(
                    app.partition(0)
                            + ": must have a committed position that is not before the stored one. Found: committed"
                            + " 2, stored 3, and a log that starts at 0 and ends at 3; run --accept-positions continues"
                            + " from 2",
                    app.awaitStop());
            app.startAccepting();
            app.awaitProcessed(1);
        }
    }

    @ParameterizedTest
    @EnumSource(UserFrom.class)
    void stopsWhereAnotherTopicHasTheName_andReadsItFromItsStart(UserFrom userFrom) throws Exception {
        try (TestApplication app = afterThreeEvents("another-" + userFrom, userFrom)) {
            app.deleteInput();
            app.createInput(2);
            app.send(0, 4);
            app.start();
            assertEquals(
                    app.partition(0)
                            + ": must be of the topic that has been read so far. Found: another topic of that name,"
                            + " committed nothing, stored 3, and a log that starts at 0 and ends at 4; run"
                            + " --accept-positions reads it from its start",
                    app.awaitStop());
            app.startAccepting();
            app.awaitProcessed(4);
            app.stop();
            app.send(0, 1);
            app.start();
            app.awaitProcessed(1);
            assertEquals(1, app.count(Count.EVENTS_COUNTED));
        }
    }

    @ParameterizedTest
    @EnumSource(UserFrom.class)
    void stopsWhereAnotherTopicGetsTheNameMeanwhile(UserFrom userFrom) throws Exception {
        try (TestApplication app = application("meanwhile-" + userFrom, userFrom, Map.of())) {
            app.createInput(2);
            app.send(0, 3);
            app.start();
            app.awaitProcessed(3);
            app.deleteInput();
            app.createInput(2);
            assertEquals(
                    app.input()
                            + ": must be the topic that has been read so far. Found: another topic of that name; run"
                            + " --accept-positions reads it from its start",
                    app.awaitStop());
        }
    }

    /** At its first start after an upgrade, though it processes nothing: the stop proves that the position was stored. */
    @Test
    void adoptsTheCommittedPosition_whereTheStateIsOfAnOlderVersion() throws Exception {
        try (TestApplication app = afterThreeEvents("adopted", UserFrom.KEY)) {
            app.forgetStoredPosition();
            assertTrue(app.start().awaitRunning(Duration.ofSeconds(60)));
            app.stop();
            assertEquals(0, app.count(Count.EVENTS_COUNTED));
            app.deleteCommitted(0);
            app.start();
            assertEquals(
                    app.partition(0) + ": must have a committed position. Found: committed nothing, stored 3",
                    app.awaitStop().split(", and")[0]);
        }
    }

    /** Under at-least-once the stored position is ahead of the committed one after each crash. */
    @Test
    void readsAgainWithoutQuestionUnderAtLeastOnce() throws Exception {
        try (TestApplication app =
                application("at-least-once", UserFrom.KEY, Map.of("processing.guarantee", "at_least_once"))) {
            processThree(app);
            app.setCommitted(0, new OffsetAndMetadata(2, app.committed(0).metadata()));
            app.start();
            app.awaitProcessed(1);
        }
    }

    private static TestApplication afterThreeEvents(String name, UserFrom userFrom) {
        TestApplication app = application(name, userFrom, Map.of());
        processThree(app);
        return app;
    }

    /** Partition 1 stays empty, so it never needs a position. */
    private static void processThree(TestApplication app) {
        app.createInput(2);
        app.send(0, 3);
        app.start();
        app.awaitProcessed(3);
        app.stop();
    }

    private static TestApplication application(String name, UserFrom userFrom, Map<String, String> more) {
        Map<String, String> kafka = new HashMap<>(more);
        kafka.put("bootstrap.servers", broker.bootstrapServers());
        return new TestApplication(name, directory, userFrom, kafka);
    }
}
