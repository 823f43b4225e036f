package io.sessionizer.kafka.task;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sessionizer.guarantee.support.LogLines;
import io.sessionizer.kafka.StreamDriver;
import io.sessionizer.kafka.TestSettings;
import io.sessionizer.kafka.config.SessionizerSettings.Uncounted;
import io.sessionizer.kafka.config.SessionizerSettings.UserFrom;
import io.sessionizer.kafka.status.SourceStatus;
import io.sessionizer.session.ClockRules;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SlowestSourceTest {
    private static final int PARTITION = 3;
    private static final long NOON = 1_468_324_800_000L;
    private static final long MINUTE = TestSettings.MINUTE;
    private static final long GAP = TestSettings.RULES.gapMs();
    /** {@link TestSettings} has 15 minutes. */
    private static final int STALLED_AFTER_SECONDS = 900;

    private long wall = NOON + 12 * 60 * MINUTE;
    private long nanos = TimeUnit.HOURS.toNanos(5);
    private final InstanceScope scope = StreamDriver.scope(
            TestSettings.of(UserFrom.PAYLOAD, Uncounted.DROP, Map.of()),
            TestScopes.topics(2, StreamDriver.limits(StreamDriver.KAFKAS)),
            new Now(() -> wall, () -> nanos, () -> true));
    private final SlowestSource slowest = new SlowestSource(scope, PARTITION, ClockRules.NONE);

    private long live(int seconds) {
        long clock = ClockRules.NONE;
        for (int i = 0; i < seconds; i++) {
            nanos += TimeUnit.SECONDS.toNanos(1);
            clock = slowest.live(nanos);
        }
        return clock;
    }

    @Test
    void leavesOutASourceAfterSoMuchLiveTime_andNotBefore() {
        slowest.reported(0, NOON);
        slowest.reported(1, NOON);
        live(STALLED_AFTER_SECONDS - 1);
        assertEquals(NOON, slowest.reported(1, NOON + GAP));
        assertEquals(NOON + GAP, live(1));
    }

    @Test
    void timeInWhichThePartitionWasNotLiveDoesNotCount() {
        slowest.reported(0, NOON);
        slowest.reported(1, NOON + GAP);
        nanos += TimeUnit.HOURS.toNanos(1);
        assertEquals(NOON, live(1));
    }

    @Test
    void isNeverLaterThanTheWallClock() {
        slowest.reported(0, wall + MINUTE);
        assertEquals(wall, slowest.reported(1, wall + MINUTE));
    }

    /** The wall clock was ahead when the sources reported. */
    @Test
    void doesNotReturnToAClockThatWasAhead() {
        slowest.reported(0, wall);
        slowest.reported(1, wall);
        slowest.limitTo(NOON);
        assertEquals(NOON, live(1));
    }

    @Test
    void leavesOutASourceThatThePartitionsClockHasPassed() {
        SlowestSource moved = new SlowestSource(scope, PARTITION, NOON + GAP);
        moved.reported(0, NOON);
        assertEquals(NOON + GAP, moved.reported(1, NOON + GAP));
    }

    @Test
    void namesTheSourceThatHoldsBackTheOthersByMoreThanTheGap() {
        slowest.reported(0, NOON + GAP);
        slowest.reported(1, NOON);
        slowest.report();
        assertEquals(List.of(new SourceStatus(PARTITION, List.of(), OptionalInt.empty(), 0)), status());
        slowest.reported(0, NOON + GAP + 1);
        slowest.report();
        assertEquals(List.of(new SourceStatus(PARTITION, List.of(), OptionalInt.of(1), GAP + 1)), status());
    }

    @Test
    void logsOnceWhatHoldsBackTheOthers_andWhatIsStalled() {
        try (LogLines log = LogLines.open()) {
            slowest.reported(0, NOON + GAP + 1);
            slowest.reported(1, NOON);
            slowest.report();
            slowest.report();
            assertEquals(1, log.count("Input partition 1 holds back the clock of partition 3"));
            live(STALLED_AFTER_SECONDS);
            slowest.reported(0, NOON + GAP + 2);
            slowest.report();
            slowest.report();
            assertEquals(1, log.count("Input partition 1 is stalled: it has reported nothing for 900 s"));
            assertEquals(List.of(new SourceStatus(PARTITION, List.of(1), OptionalInt.empty(), 0)), status());
        }
    }

    @Test
    void reportsNothingOnceItIsClosed() {
        slowest.report();
        slowest.close();
        assertEquals(List.of(), status());
    }

    private List<SourceStatus> status() {
        return scope.counters().sources();
    }
}
