package io.sessionizer.kafka.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import io.sessionizer.kafka.status.Counters.Count;
import io.sessionizer.session.EventOrigin;
import io.sessionizer.session.SessionIdForm;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedPunctuator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kafka's own fake of a context, and a clock of which each reading takes 50 ms: time is checked each 16 conclusions. */
class DueWorkTest {
    private static final long READING_NANOS = Duration.ofMillis(50).toNanos();
    /** In 100 ms: the third check finds them exceeded. */
    private static final int FULL_SLICE = 3 * 16;
    /** In 25 ms. */
    private static final int SHORT_SLICE = 16;

    private static final long ALL_DUE = TestSettings.RULES.gapMs() + 1_000;

    @TempDir
    private Path directory;

    private MockProcessorContext<byte[], byte[]> context;
    private final InstanceScope scope = StreamDriver.scope(
            TestSettings.of(UserFrom.PAYLOAD, Uncounted.DROP, Map.of()),
            TestScopes.topics(1, StreamDriver.limits(StreamDriver.KAFKAS)),
            new Now(() -> 0, System::nanoTime, () -> true));
    private long nanos;
    private long arrivals;

    @BeforeEach
    void openStores() {
        Properties config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:1");
        context = new MockProcessorContext<>(config, new TaskId(0, 0), new File(directory.toString()));
        context.setCurrentSystemTimeMs(ALL_DUE);
        for (String name : List.of(NodeNames.TIMELINES, NodeNames.DEADLINES, NodeNames.BOARD)) {
            KeyValueStore<byte[], byte[]> store = Stores.keyValueStoreBuilder(
                            Stores.inMemoryKeyValueStore(name), Serdes.ByteArray(), Serdes.ByteArray())
                    .withLoggingDisabled()
                    .build();
            store.init(context.getStateStoreContext(), store);
        }
    }

    @Test
    void recordsConcludeWithinTheBudgetUntilTheNextTick() {
        DueWork work = work(sessions(1_000), 1);
        work.clockAdvanced();
        assertEquals(FULL_SLICE, concluded());
        work.clockAdvanced();
        assertEquals(FULL_SLICE, concluded(), "the budget is spent");
        work.tick();
        assertEquals(2 * FULL_SLICE, concluded(), "the tick's own slice");
        work.clockAdvanced();
        assertEquals(3 * FULL_SLICE, concluded(), "the tick has refilled the budget");
    }

    @Test
    void worksInSlicesWithACommitAfterEach_untilNothingIsDue() {
        DueWork work = work(sessions(3 * FULL_SLICE + 1), 1);
        work.tick();
        assertEquals(FULL_SLICE, concluded());
        assertTrue(context.committed());
        CapturedPunctuator slices = onlySchedule();
        assertEquals(Duration.ofMillis(1), slices.getInterval());
        assertEquals(PunctuationType.WALL_CLOCK_TIME, slices.getType());
        for (int slice = 2; slice <= 3; slice++) {
            context.resetCommit();
            slices.getPunctuator().punctuate(slice);
            assertEquals(slice * FULL_SLICE, concluded());
            assertTrue(context.committed());
            assertFalse(slices.cancelled());
        }
        context.resetCommit();
        slices.getPunctuator().punctuate(4);
        assertEquals(3 * FULL_SLICE + 1, concluded());
        assertFalse(context.committed(), "the next commit is early enough");
        assertTrue(slices.cancelled());
    }

    @Test
    void whatFitsASliceNeedsNoSchedule() {
        work(sessions(FULL_SLICE), 1).tick();
        assertEquals(FULL_SLICE, concluded());
        assertFalse(context.committed());
        assertEquals(List.of(), context.scheduledPunctuators());
    }

    @Test
    void ticksLeaveTheWorkToScheduledSlices() {
        DueWork work = work(sessions(1_000), 1);
        work.tick();
        work.tick();
        assertEquals(FULL_SLICE, concluded());
        assertEquals(1, context.scheduledPunctuators().size());
    }

    @Test
    void shortensItsSlicesAndRestsBetweenThemWhileEventsArrive() {
        DueWork work = work(sessions(1_000), 1);
        arrivals++;
        work.tick();
        assertEquals(SHORT_SLICE, concluded());
        for (long wallMs : new long[] {1_000, 1_001, 1_049}) {
            arrivals++;
            onlySchedule().getPunctuator().punctuate(wallMs);
            assertEquals(SHORT_SLICE, concluded(), "rests 50 ms from the first punctuation");
        }
        arrivals++;
        onlySchedule().getPunctuator().punctuate(1_050);
        assertEquals(2 * SHORT_SLICE, concluded());
        arrivals++;
        onlySchedule().getPunctuator().punctuate(1_051);
        assertEquals(2 * SHORT_SLICE, concluded(), "the next rest");
        onlySchedule().getPunctuator().punctuate(1_052);
        assertEquals(3 * SHORT_SLICE, concluded(), "no event since the last punctuation ends the rest");
        onlySchedule().getPunctuator().punctuate(1_053);
        assertEquals(3 * SHORT_SLICE + FULL_SLICE, concluded(), "no event since the last slice");
    }

    @Test
    void doesNotCommitWhileDeadlinesAreRebuilt() {
        int users = 100;
        PartitionState stored = state();
        addSessions(new PartitionSessions(context, scope, stored, stats(stored)), users);
        stored.participants().forEach(CommitParticipant::beforeCommit);
        PartitionSessions sessions = restarted();
        // a slice of no time: 16 timelines are scanned and 16 sessions concluded in each
        DueWork work = work(sessions, Integer.MAX_VALUE);
        work.start();
        assertTrue(sessions.scan().isRebuildingDeadlines());
        work.tick();
        assertEquals(16, concluded());
        while (sessions.scan().isRebuildingDeadlines()) {
            assertFalse(context.committed());
            assertFalse(onlySchedule().cancelled());
            onlySchedule().getPunctuator().punctuate(0);
        }
        assertTrue(context.committed(), "as soon as they are rebuilt");
        while (!onlySchedule().cancelled()) {
            onlySchedule().getPunctuator().punctuate(0);
        }
        assertEquals(users, concluded());
    }

    @Test
    void aTaskThatEndsCancelsItsSlices() {
        DueWork work = work(sessions(1_000), 1);
        work.tick();
        work.close();
        assertTrue(onlySchedule().cancelled());
        work.close();
    }

    private DueWork work(PartitionSessions sessions, int partitions) {
        return new DueWork(context, sessions, partitions, () -> arrivals, () -> nanos += READING_NANOS);
    }

    /** So many due sessions, after the first scan of a new partition. */
    private PartitionSessions sessions(int due) {
        PartitionState state = state();
        PartitionSessions sessions = new PartitionSessions(context, scope, state, stats(state));
        sessions.resumeScan(Long.MAX_VALUE);
        addSessions(sessions, due);
        sessions.advanceClock(ALL_DUE, ClockSource.EVENT_TIME);
        return sessions;
    }

    private static void addSessions(PartitionSessions sessions, int users) {
        for (int user = 0; user < users; user++) {
            sessions.add(new EventOrigin(SessionIdForm.UUID).set(StreamDriver.bytes("user-" + user), 0, user), 0);
        }
    }

    /** The stored sessions, all due, of which no deadline is known yet. */
    private PartitionSessions restarted() {
        PartitionState state = state();
        PartitionSessions sessions = new PartitionSessions(context, scope, state, stats(state));
        sessions.advanceClock(ALL_DUE, ClockSource.EVENT_TIME);
        return sessions;
    }

    private PartitionState state() {
        KeyValueStore<byte[], byte[]> deadlines = context.getStateStore(NodeNames.DEADLINES);
        deadlines.all().forEachRemaining(entry -> deadlines.delete(entry.key));
        return PartitionState.open(context, new CacheBudget(1 << 20), TestSettings.RULES, false);
    }

    private StatsPublisher stats(PartitionState state) {
        return new StatsPublisher(context, scope, state);
    }

    private CapturedPunctuator onlySchedule() {
        assertEquals(1, context.scheduledPunctuators().size());
        return context.scheduledPunctuators().get(0);
    }

    private long concluded() {
        return scope.counters().value(Count.SESSIONS_CONCLUDED_BY_EVENT_TIME);
    }
}
