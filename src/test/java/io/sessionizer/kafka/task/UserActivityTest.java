package io.sessionizer.kafka.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.kafka.StreamDriver;
import io.sessionizer.kafka.TestSettings;
import io.sessionizer.kafka.config.SessionizerSettings;
import io.sessionizer.kafka.config.SessionizerSettings.Uncounted;
import io.sessionizer.kafka.config.SessionizerSettings.UserFrom;
import io.sessionizer.kafka.topics.OutputLimits;
import io.sessionizer.stats.QuarterHour;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** From the board's rows, the active users of any moment are those that were active by the partition's clock. */
class UserActivityTest {
    private static final long MINUTE = TestSettings.MINUTE;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;
    private static final long ELEVEN = Instant.parse("2016-07-12T11:00:00Z").toEpochMilli();
    private static final OutputLimits LIMITS = StreamDriver.limits(StreamDriver.KAFKAS);
    private static final long SEED = Long.getLong("seed", System.nanoTime());

    private final SplittableRandom random = new SplittableRandom(SEED);

    private static SessionizerSettings settings(UserFrom userFrom) {
        // restarts need it, see there
        return TestSettings.of(userFrom, Uncounted.DROP, Map.of("processing.guarantee", "at_least_once"));
    }

    @ParameterizedTest
    @EnumSource(UserFrom.class)
    void countsUsersWhenTheyBecomeActive_andWhenTheirLastSessionIsDue(UserFrom userFrom) {
        try (StreamDriver stream = new StreamDriver(settings(userFrom), ELEVEN)) {
            StatsTopicReader reader = new StatsTopicReader(stream);
            stream.event("a", ELEVEN);
            stream.event("b", ELEVEN);
            stream.event("b", ELEVEN - HOUR, ELEVEN);
            stream.event("c", ELEVEN);
            stream.pollUntil(ELEVEN + 16 * MINUTE);
            stream.event("b", ELEVEN + 16 * MINUTE);
            stream.event("d", ELEVEN + 16 * MINUTE);
            stream.pipe("c", null, ELEVEN);
            stream.pollUntil(ELEVEN + HOUR);
            reader.read();
            assertEquals(List.of(3L, 0L), reader.comingAndGoing(ELEVEN));
            assertEquals(List.of(1L, 2L), reader.comingAndGoing(ELEVEN + 15 * MINUTE), "c is erased, a is due");
            assertEquals(List.of(0L, 2L), reader.comingAndGoing(ELEVEN + 30 * MINUTE));
        }
    }

    @Test
    void usesTheEventTime_untilThereIsAClock() {
        try (StreamDriver stream = new StreamDriver(settings(UserFrom.PAYLOAD), ELEVEN + HOUR, LIMITS, 2)) {
            StatsTopicReader reader = new StatsTopicReader(stream);
            stream.event("a", ELEVEN);
            stream.event("b", ELEVEN);
            stream.event("c", ELEVEN + 15 * MINUTE);
            stream.pipe("b", null, ELEVEN);
            stream.pollUntil(stream.wall() + 2_000);
            reader.read();
            assertEquals(-1, stream.counters().partitions().get(0).clock(), "the other source is not heard of yet");
            assertEquals(List.of(2L, 1L), reader.comingAndGoing(ELEVEN));
            assertEquals(List.of(1L, 0L), reader.comingAndGoing(ELEVEN + 15 * MINUTE));
            assertEquals(2, reader.rows().size());
        }
    }

    @Test
    void knowsHowManyWereActive_howeverLateWhatIsDueConcludes() {
        System.out.println("PartitionActivityTest seed " + SEED);
        ActiveUsers users = new ActiveUsers();
        // so many partitions that none may spend any time on what is due: a few are worked off at each step of a poll
        try (StreamDriver stream =
                new StreamDriver(settings(UserFrom.KEY), ELEVEN + 30 * DAY, LIMITS, Integer.MAX_VALUE)) {
            // or else the clock would follow the wall clock
            stream.caughtUp(false);
            StatsTopicReader reader = new StatsTopicReader(stream);
            long clock = ELEVEN;
            // or else the first event may be a late one, which would start the clock before the model's
            stream.event("first", ELEVEN);
            users.came("first", ELEVEN, ELEVEN);
            for (int backlog = 0; backlog < 6; backlog++) {
                for (int i = 0; i < 600; i++) {
                    clock = catchUp(stream, users, clock);
                }
                stream.pollUntil(stream.wall() + 1_000);
                assertTrue(isAnyOverdue(stream), "more is due than a look works off");
                while (isAnyOverdue(stream)) {
                    stream.pollUntil(stream.wall() + 1_000);
                }
                stream.pollUntil(stream.wall() + 5_000);
                reader.read();
                assertEquals(users.at(clock), reader.now().orElseThrow().activeUsers());
                assertEquals(active(clock, users::before), active(clock, reader::activeBefore));
            }
        }
    }

    private static boolean isAnyOverdue(StreamDriver stream) {
        return stream.counters().partitions().get(0).oldestOverdue().isPresent();
    }

    /** The clock runs by the records alone, as fast as they are read. */
    private long catchUp(StreamDriver stream, ActiveUsers users, long clock) {
        String user = "user-" + random.nextInt(300);
        long now = clock + (random.nextInt(4) == 0 ? random.nextInt(4) * 5 * MINUTE : random.nextLong(2 * MINUTE));
        long time =
                switch (random.nextInt(8)) {
                    case 0 -> now - random.nextLong(3 * HOUR);
                    case 1 -> now + random.nextLong(40 * MINUTE);
                    default -> now;
                };
        if (random.nextInt(100) == 0) {
            stream.restart();
        }
        if (random.nextInt(20) == 0) {
            stream.pipe(user, null, now);
            users.erased(user, clock);
            return clock;
        }
        stream.event(user, time, now);
        long moved = Math.max(clock, Math.min(time, now));
        users.came(user, time, moved);
        return moved;
    }

    private static Map<Instant, Long> active(long clock, LongUnaryOperator usersAt) {
        Map<Instant, Long> active = new TreeMap<>();
        for (long quarterHour = QuarterHour.of(ELEVEN - DAY); quarterHour <= QuarterHour.of(clock); quarterHour++) {
            long start = QuarterHour.start(quarterHour);
            active.put(Instant.ofEpochMilli(start), usersAt.applyAsLong(start));
        }
        return active;
    }
}
