package io.sessionizer.kafka.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.kafka.StreamDriver;
import io.sessionizer.kafka.TestSettings;
import io.sessionizer.kafka.config.SessionizerSettings;
import io.sessionizer.kafka.config.SessionizerSettings.Uncounted;
import io.sessionizer.kafka.config.SessionizerSettings.UserFrom;
import io.sessionizer.kafka.topics.OutputLimits;
import io.sessionizer.stats.ActiveUsers;
import io.sessionizer.stats.QuarterHour;
import java.time.Instant;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

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

    @Test
    void knowsHowManyWereActive_howeverLateWhatIsDueConcludes() {
        System.out.println("UserActivityTest seed " + SEED);
        ActiveUsers users = new ActiveUsers(TestSettings.RULES.gapMs());
        // so many partitions that none may spend any time on what is due: a few are worked off at each step of a poll
        try (StreamDriver stream =
                new StreamDriver(settings(UserFrom.KEY), ELEVEN + 30 * DAY, LIMITS, Integer.MAX_VALUE)) {
            // or else the clock would follow the wall clock
            stream.caughtUp(false);
            StatsTopicReader reader = new StatsTopicReader(stream);
            long clock = ELEVEN;
            // or else the first event may be a late one, which would start the clock before the model's
            stream.event("first", ELEVEN);
            users.onEvent("first", ELEVEN, ELEVEN);
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
                assertEquals(users.at(clock), reader.now().orElseThrow().open().activeUsers());
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
            users.erase(user, clock);
            return clock;
        }
        stream.event(user, time, now);
        long moved = Math.max(clock, Math.min(time, now));
        users.onEvent(user, time, moved);
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
