package io.sessionizer.kafka.task;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sessionizer.event.StampableEvent;
import io.sessionizer.kafka.StreamDriver;
import io.sessionizer.kafka.TestSettings;
import io.sessionizer.kafka.config.NodeNames;
import io.sessionizer.kafka.config.SessionizerSettings.Uncounted;
import io.sessionizer.kafka.config.SessionizerSettings.UserFrom;
import io.sessionizer.kafka.state.ClockSource;
import io.sessionizer.kafka.state.CommitSignal;
import io.sessionizer.kafka.status.Counters.Count;
import io.sessionizer.session.EventOrigin;
import io.sessionizer.session.SessionIdForm;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.Punctuator;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A task on Kafka's own fake of a context. */
class SessionTaskTest {
    private static final long ALL_DUE = TestSettings.RULES.gapMs() + 1_000;
    /** With so many partitions a slice takes no time; due sessions are concluded 16 between two checks of the time. */
    private static final int PARTITIONS = Integer.MAX_VALUE;

    private static final int SLICE = 16;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource(UserFrom.class)
    void restsBetweenSlicesWhileEventsArriveAtTheTask_whereverTheyWereRead(UserFrom userFrom) {
        InstanceScope scope = StreamDriver.scope(
                TestSettings.of(userFrom, Uncounted.DROP, Map.of()),
                TestScopes.topics(PARTITIONS, StreamDriver.limits(StreamDriver.KAFKAS)),
                new Now(() -> ALL_DUE, System::nanoTime, () -> true));
        MockProcessorContext<byte[], byte[]> context = context();
        SessionTask task = new SessionTask(context, scope);
        for (int user = 0; user < 100; user++) {
            process(task, "user-" + user, 0);
        }
        task.advanceClock(ALL_DUE, ClockSource.EVENT_TIME);
        long byRecords = concluded(scope);
        task.tick();
        assertEquals(byRecords + SLICE, concluded(scope));
        Punctuator slices = context.scheduledPunctuators().get(0).getPunctuator();
        process(task, "new", ALL_DUE);
        slices.punctuate(1_000);
        assertEquals(byRecords + SLICE, concluded(scope), "rests, since an event has arrived");
        slices.punctuate(1_001);
        assertEquals(byRecords + 2 * SLICE, concluded(scope), "no event since the last punctuation");
    }

    private static void process(SessionTask task, String user, long timeMs) {
        StampableEvent event = new StampableEvent(
                StreamDriver.bytes("{\"evtName\":\"a\"}"), StampableEvent.Place.AFTER_PROPERTY, 2, 14, 14);
        task.process(
                new EventOrigin(SessionIdForm.UUID).set(StreamDriver.bytes(user), 0, 0),
                event,
                timeMs,
                new Record<>(StreamDriver.bytes(user), event, timeMs, new RecordHeaders()));
    }

    private static long concluded(InstanceScope scope) {
        return scope.counters().value(Count.SESSIONS_CONCLUDED_BY_EVENT_TIME);
    }

    private MockProcessorContext<byte[], byte[]> context() {
        Properties config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:1");
        MockProcessorContext<byte[], byte[]> context =
                new MockProcessorContext<>(config, new TaskId(0, 0), new File(directory.toString()));
        context.setCurrentSystemTimeMs(ALL_DUE);
        context.setCurrentStreamTimeMs(0);
        for (String name : List.of(NodeNames.TIMELINES, NodeNames.DEADLINES, NodeNames.BOARD)) {
            KeyValueStore<byte[], byte[]> store = Stores.keyValueStoreBuilder(
                            Stores.inMemoryKeyValueStore(name), Serdes.ByteArray(), Serdes.ByteArray())
                    .withLoggingDisabled()
                    .build();
            store.init(context.getStateStoreContext(), store);
        }
        CommitSignal commits = new CommitSignal.Builder(NodeNames.COMMIT_SIGNAL).build();
        commits.init(context.getStateStoreContext(), commits);
        return context;
    }
}
