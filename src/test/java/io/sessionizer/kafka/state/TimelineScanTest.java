package io.sessionizer.kafka.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.kafka.StreamDriver;
import io.sessionizer.kafka.TestSettings;
import io.sessionizer.kafka.config.NodeNames;
import io.sessionizer.kafka.config.SessionizerSettings.Uncounted;
import io.sessionizer.kafka.config.SessionizerSettings.UserFrom;
import io.sessionizer.record.TimelineCodec;
import io.sessionizer.session.ClockSteps;
import io.sessionizer.session.SampleIds;
import io.sessionizer.session.SessionRules;
import io.sessionizer.session.Timeline;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TimelineScanTest {
    private static final SessionRules RULES = TestSettings.RULES;
    private static final long DAY = RULES.retentionMs();
    private static final BiConsumer<byte[], Timeline> UNUSED = (user, timeline) -> {};

    private final StreamDriver stream = new StreamDriver(TestSettings.of(UserFrom.KEY, Uncounted.DROP, Map.of()), 0);
    private final KeyValueStore<byte[], byte[]> store = stream.store(NodeNames.TIMELINES);
    private final CacheBudget budget = new CacheBudget(1 << 20);
    private final TimelineStore timelines = new TimelineStore(store, budget, RULES, List.of());
    private final DeadlineQueue deadlines = new DeadlineQueue(stream.store(NodeNames.DEADLINES), budget);

    @AfterEach
    void close() {
        stream.close();
    }

    @Test
    void schedulesEachOpenSessionOnce_howeverShortTheSlices() {
        for (int user = 0; user < 100; user++) {
            put("open-" + user, open(user));
            put("concluded-" + user, concluded(user));
        }
        TimelineScan scan = new TimelineScan(timelines, deadlines, RULES, 0);
        for (int slice = 0; scan.isRebuildingDeadlines(); slice++) {
            assertTrue(slice < 100, "each slice makes progress");
            scan.resume(0, 0, UNUSED);
        }
        assertEquals(100, due().size());
        scan.resume(0, Long.MAX_VALUE, UNUSED);
        scan.resume(DAY, Long.MAX_VALUE, UNUSED);
        assertFalse(deadlines.hasDue(Long.MAX_VALUE), "later passes schedule nothing");
    }

    /** The first pass visits the stored user after an event has changed the cached timeline. */
    @Test
    void schedulesSessionsThatHaveChangedInMemory() {
        put("u", open(0));
        TimelineCache.CacheEntry entry = timelines.entry(StreamDriver.bytes("u"));
        timelines.replace(
                entry,
                entry.timeline()
                        .add(RULES.gapMs(), ClockSteps.at(RULES.gapMs()), RULES, SampleIds::of)
                        .timeline());
        new TimelineScan(timelines, deadlines, RULES, 0).resume(0, Long.MAX_VALUE, UNUSED);
        assertTrue(deadlines.hasDue(Long.MAX_VALUE));
        assertEquals(entry.timeline().deadline(), deadlines.poll().time());
    }

    @Test
    void forgetsTimelinesAfterTheRetention_andNoOthers() {
        put("early", concluded(0));
        put("later", concluded(DAY / 2));
        put("open", open(0));
        TimelineScan scan = new TimelineScan(timelines, deadlines, RULES, 0);
        scan.resume(0, Long.MAX_VALUE, UNUSED);
        scan.resume(RULES.gapMs() + DAY, Long.MAX_VALUE, UNUSED);
        timelines.beforeCommit();
        assertEquals(new TreeSet<>(Set.of("early", "later", "open")), users(), "not at the last moment");
        scan.resume(RULES.gapMs() + DAY + DAY / 4 + 1, Long.MAX_VALUE, UNUSED);
        timelines.beforeCommit();
        assertEquals(new TreeSet<>(Set.of("later", "open")), users());
    }

    @Test
    void lagsOnceTheClockHasPassedARetentionSinceThePassBegan() {
        for (int user = 0; user < 100; user++) {
            put("u-" + user, concluded(0));
        }
        TimelineScan scan = new TimelineScan(timelines, deadlines, RULES, 0);
        scan.resume(0, 0, UNUSED);
        assertFalse(scan.isLagging(DAY));
        assertTrue(scan.isLagging(DAY + 1));
        scan.resume(DAY + 1, Long.MAX_VALUE, UNUSED);
        assertFalse(scan.isLagging(100 * DAY), "no pass is in progress");
    }

    private void put(String user, Timeline timeline) {
        store.put(StreamDriver.bytes(user), TimelineCodec.encode(timeline));
    }

    private static Timeline open(long time) {
        return Timeline.EMPTY
                .add(time, ClockSteps.at(time), RULES, SampleIds::of)
                .timeline();
    }

    private static Timeline concluded(long time) {
        return open(time)
                .advance(ClockSteps.at(time + RULES.gapMs() + 1), RULES)
                .after();
    }

    private TreeSet<String> due() {
        TreeSet<String> users = new TreeSet<>();
        while (deadlines.hasDue(Long.MAX_VALUE)) {
            assertTrue(users.add(StreamDriver.text(deadlines.poll().user())), "once");
        }
        return users;
    }

    private TreeSet<String> users() {
        TreeSet<String> users = new TreeSet<>();
        store.all().forEachRemaining(entry -> users.add(StreamDriver.text(entry.key)));
        return users;
    }
}
