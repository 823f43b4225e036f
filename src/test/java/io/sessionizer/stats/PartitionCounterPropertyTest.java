package io.sessionizer.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sessionizer.session.SessionRules;
import java.time.Instant;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

/** Counted change by change, the statistics are those of a recount, however late what is due concludes. */
class PartitionCounterPropertyTest {
    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;
    private static final long ELEVEN = Instant.parse("2016-07-12T11:00:00Z").toEpochMilli();
    /** Sessions are remembered for so long that no id occurs again. */
    private static final SessionRules RULES = new SessionRules(20 * MINUTE, SessionRules.MAX_SPAN_MS, 1000);

    private static final int USERS = 30;
    private static final long SEED = Long.getLong("seed", System.nanoTime());

    private final SplittableRandom random = new SplittableRandom(SEED);

    @Test
    void agreesWithARecount_howeverLateWhatIsDueConcludes() {
        System.out.println("PartitionCounterPropertyTest seed " + SEED);
        for (int trial = 0; trial < 60; trial++) {
            CountedPartition partition = new CountedPartition(RULES);
            ActiveUsers users = new ActiveUsers(RULES.gapMs());
            partition.event("first", ELEVEN);
            users.onEvent("first", ELEVEN, ELEVEN);
            for (int phase = 0; phase < 5; phase++) {
                for (int i = random.nextInt(200); i > 0; i--) {
                    step(partition, users);
                    assertEquals(partition.recountOpen(), partition.open());
                    assertEquals(partition.recountSessions(), partition.countedSessions());
                }
                partition.clock(partition.clock());
                check(partition, users);
            }
        }
    }

    private void step(CountedPartition partition, ActiveUsers users) {
        String user = "user-" + random.nextInt(USERS);
        long clock = partition.clock();
        switch (random.nextInt(12)) {
            case 0 -> {
                partition.erase(user);
                users.erase(user, clock);
            }
            case 1, 2 -> partition.concludeDue(user);
            case 3 -> partition.moveClock(clock + random.nextLong(30 * MINUTE));
            case 4, 5 -> event(partition, users, user, clock - random.nextLong(3 * HOUR));
            // as one whose record time holds the clock back
            case 6 -> {
                long time = clock + random.nextLong(40 * MINUTE);
                partition.eventWithoutClock(user, time);
                users.onEvent(user, time, clock);
            }
            case 7 -> event(partition, users, user, clock + random.nextInt(5) * 5 * MINUTE);
            default -> event(partition, users, user, clock + random.nextLong(5 * MINUTE));
        }
    }

    private static void event(CountedPartition partition, ActiveUsers users, String user, long time) {
        partition.event(user, time);
        users.onEvent(user, time, partition.clock());
    }

    private static void check(CountedPartition partition, ActiveUsers users) {
        assertEquals(users.at(partition.clock()), partition.open().activeUsers());
        assertEquals(active(partition.clock(), users::before), active(partition.clock(), partition::activeBefore));
    }

    /** By start of the quarter-hour, each up to the clock. */
    private static Map<Instant, Long> active(long clock, LongUnaryOperator usersAt) {
        Map<Instant, Long> active = new TreeMap<>();
        for (long quarterHour = QuarterHour.of(ELEVEN - DAY); quarterHour <= QuarterHour.of(clock); quarterHour++) {
            long start = QuarterHour.start(quarterHour);
            active.put(Instant.ofEpochMilli(start), usersAt.applyAsLong(start));
        }
        return active;
    }
}
