package io.sessionizer.kafka.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.kafka.StreamDriver;
import io.sessionizer.kafka.TestSettings;
import io.sessionizer.kafka.config.NodeNames;
import io.sessionizer.kafka.config.SessionizerSettings.Uncounted;
import io.sessionizer.kafka.config.SessionizerSettings.UserFrom;
import io.sessionizer.kafka.state.CacheBudget;
import io.sessionizer.kafka.state.ClockSource;
import io.sessionizer.kafka.state.CommitParticipant;
import io.sessionizer.kafka.state.PartitionState;
import io.sessionizer.session.EventOrigin;
import io.sessionizer.session.SessionId;
import io.sessionizer.session.SessionIdForm;
import io.sessionizer.session.SessionRules;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a partition remembers depends on its clock alone, not on when due work and the scan come to a user. */
class PartitionSessionsTest {
    private static final SessionRules RULES = TestSettings.RULES;
    private static final long DUE = RULES.gapMs() + 1;
    private static final byte[] USER = StreamDriver.bytes("u");

    @TempDir
    private Path directory;

    private final InstanceScope scope = StreamDriver.scope(
            TestSettings.of(UserFrom.KEY, Uncounted.DROP, Map.of()),
            TestScopes.topics(1, StreamDriver.limits(StreamDriver.KAFKAS)),
            new Now(() -> 0, () -> 0, () -> true));
    private final EventOrigin origin = new EventOrigin(SessionIdForm.UUID);
    private MockProcessorContext<byte[], byte[]> context;
    private PartitionState state;
    private PartitionSessions sessions;
    private long offset;

    @BeforeEach
    void open() {
        Properties config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:1");
        context = new MockProcessorContext<>(config, new TaskId(0, 0), new File(directory.toString()));
        context.setCurrentSystemTimeMs(0);
        for (String name : List.of(NodeNames.TIMELINES, NodeNames.DEADLINES, NodeNames.BOARD)) {
            KeyValueStore<byte[], byte[]> store = Stores.keyValueStoreBuilder(
                            Stores.inMemoryKeyValueStore(name), Serdes.ByteArray(), Serdes.ByteArray())
                    .withLoggingDisabled()
                    .build();
            store.init(context.getStateStoreContext(), store);
        }
        start(RULES);
        sessions.resumeScan(Long.MAX_VALUE);
    }

    private void start(SessionRules rules) {
        state = PartitionState.open(context, new CacheBudget(1 << 20), rules, false);
        sessions = new PartitionSessions(context, scope, state, new StatsPublisher(context, scope, state));
    }

    @Test
    void aLateBatchConcludesAtTheStepThatMadeTheSessionDue() {
        SessionId first = event(0);
        sessions.advanceClock(DUE, ClockSource.EVENT_TIME);
        sessions.advanceClock(DUE + RULES.retentionMs() / 2, ClockSource.EVENT_TIME);
        sessions.advanceClock(DUE + RULES.retentionMs() + 1, ClockSource.EVENT_TIME);
        concludeAll();
        assertNotEquals(first, event(1), "it is forgotten a retention after the first of the steps");
    }

    @Test
    void aSessionIsRememberedFromTheStepThatMadeItDue_howeverLargeTheStep() {
        SessionId first = event(0);
        sessions.advanceClock(DUE + 3 * RULES.retentionMs(), ClockSource.WALL_CLOCK);
        concludeAll();
        sessions.advanceClock(DUE + 4 * RULES.retentionMs(), ClockSource.WALL_CLOCK);
        assertEquals(first, event(1));
    }

    /** What waited in a batch when the process ended is remembered no longer than if it had not. */
    @Test
    void concludesAtTheStepThatMadeTheSessionDue_evenAfterARestart() {
        SessionId first = event(0);
        sessions.advanceClock(DUE, ClockSource.EVENT_TIME);
        sessions.advanceClock(DUE + RULES.retentionMs() / 2, ClockSource.EVENT_TIME);
        state.participants().forEach(CommitParticipant::beforeCommit);
        start(RULES);
        sessions.resumeScan(Long.MAX_VALUE);
        concludeAll();
        sessions.advanceClock(DUE + RULES.retentionMs() + 1, ClockSource.EVENT_TIME);
        assertNotEquals(first, event(1));
    }

    @Test
    void storesNoStepOnceNothingIsDue() {
        event(0);
        sessions.advanceClock(DUE, ClockSource.EVENT_TIME);
        concludeAll();
        sessions.advanceClock(DUE + 1, ClockSource.EVENT_TIME);
        assertEquals(List.of(), state.checkpoint().steps().earlier());
    }

    /** After a start the scan is the first to find what is due. */
    @Test
    void keepsTheStepsUntilTheScanHasFoundWhatIsDue() {
        SessionId first = event(0);
        state.participants().forEach(CommitParticipant::beforeCommit);
        start(RULES);
        sessions.advanceClock(DUE, ClockSource.EVENT_TIME);
        sessions.advanceClock(DUE + 1, ClockSource.EVENT_TIME);
        sessions.advanceClock(DUE + RULES.retentionMs() + 1, ClockSource.EVENT_TIME);
        sessions.resumeScan(Long.MAX_VALUE);
        concludeAll();
        assertNotEquals(first, event(1));
    }

    @Test
    void concludesByALoweredGap_afterAStart() {
        event(0);
        state.participants().forEach(CommitParticipant::beforeCommit);
        start(new SessionRules(RULES.gapMs() / 2, RULES.retentionMs(), 1000));
        sessions.resumeScan(Long.MAX_VALUE);
        sessions.advanceClock(RULES.gapMs() / 2, ClockSource.EVENT_TIME);
        assertFalse(sessions.hasDue());
        sessions.advanceClock(RULES.gapMs() / 2 + 1, ClockSource.EVENT_TIME);
        assertTrue(sessions.hasDue());
    }

    @Test
    void anErasureReachesWhatIsRemembered_whetherOrNotTheScanHasPassed() {
        event(0);
        sessions.advanceClock(DUE, ClockSource.EVENT_TIME);
        concludeAll();
        assertEquals(1, state.quarterHours().row(0).sessions().sessions());
        sessions.advanceClock(DUE + RULES.retentionMs() + 1, ClockSource.EVENT_TIME);
        sessions.erase(USER, false);
        assertEquals(1, state.quarterHours().row(0).sessions().sessions(), "it is forgotten, and counts as it was");
        assertTrue(state.timelines().entry(USER).timeline().isEmpty());
    }

    private SessionId event(long time) {
        return sessions.add(origin.set(USER, 0, offset++), time).session().id();
    }

    private void concludeAll() {
        while (sessions.hasDue()) {
            sessions.concludeNext();
        }
    }
}
