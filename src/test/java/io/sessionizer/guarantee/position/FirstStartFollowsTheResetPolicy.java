package io.sessionizer.guarantee.position;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.event.StampableEvent;
import io.sessionizer.guarantee.support.PollingWait;
import io.sessionizer.guarantee.support.TestApplication;
import io.sessionizer.kafka.config.NodeNames;
import io.sessionizer.kafka.config.SessionizerSettings.UserFrom;
import io.sessionizer.kafka.status.Counters.Count;
import io.sessionizer.quickstart.EmbeddedBroker;
import io.sessionizer.record.RepartitionRecord;
import io.sessionizer.record.RepartitionRecord.InputOffset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code auto.offset.reset} applies to input partitions without state, and to nothing else. */
class FirstStartFollowsTheResetPolicy {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource(UserFrom.class)
    void readsFromTheEnd_andAfterAStopFromWhereItWas(UserFrom userFrom) throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("broker"), 0);
                TestApplication app = application("latest", broker, userFrom)) {
            app.createInput(1);
            app.send(0, 3);
            app.start();
            int[] sent = {0};
            PollingWait.until("It has processed an event", PATIENCE, () -> {
                app.send(0, 1);
                sent[0]++;
                return app.count(Count.EVENTS_COUNTED) > 0;
            });
            app.stop();
            long processed = app.count(Count.EVENTS_COUNTED);
            assertTrue(processed <= sent[0], "of those sent after the start. Found: " + processed + " of " + sent[0]);
            app.send(0, 4);
            app.start();
            app.awaitProcessed(4);
        }
    }

    /** What was sent on to the repartition topic is lost if it is not read from its start. */
    @Test
    void readsTheRepartitionTopicFromItsStart() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("broker"), 0);
                TestApplication app = application("sent-on", broker, UserFrom.PAYLOAD)) {
            app.createInput(1);
            app.createTopic(NodeNames.byUserTopic("sent-on"), 1);
            app.produce(new ProducerRecord<>(NodeNames.byUserTopic("sent-on"), 0, bytes("user"), sentOn()));
            app.start();
            PollingWait.until("The event opens a session", PATIENCE, () -> app.count(Count.SESSIONS_OPENED) > 0);
        }
    }

    private static byte[] sentOn() {
        long time = System.currentTimeMillis() - 3_600_000;
        return new RepartitionRecord(
                        RepartitionRecord.RepartitionKind.EVENT,
                        new InputOffset(0, 0),
                        time,
                        time,
                        new StampableEvent(
                                bytes("{\"evtName\":\"a\"}"), StampableEvent.Place.AFTER_PROPERTY, 2, 14, 14))
                .toBytes();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private TestApplication application(String name, EmbeddedBroker broker, UserFrom userFrom) {
        return new TestApplication(
                name,
                directory,
                userFrom,
                Map.of("bootstrap.servers", broker.bootstrapServers(), "auto.offset.reset", "latest"));
    }
}
