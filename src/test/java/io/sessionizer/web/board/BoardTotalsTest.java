package io.sessionizer.web.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.session.Published;
import io.sessionizer.stats.OpenCounts;
import io.sessionizer.stats.QuarterHourStats;
import io.sessionizer.stats.SessionStats;
import io.sessionizer.stats.StatsRow;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class BoardTotalsTest {
    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final Instant NOW = Instant.ofEpochMilli(1_000_000 * 900_000L + 1);

    @Test
    void aRowReplacesTheFormerOne() {
        BoardTotals totals = new BoardTotals(20 * 60_000);
        totals.accept(new StatsRow.QuarterHourRow(0, 1_000_000, new QuarterHourStats(figures(10, 70_000, 7), 4, 1)));
        totals.accept(new StatsRow.QuarterHourRow(1, 1_000_000, new QuarterHourStats(figures(10), 5, 2)));
        totals.accept(new StatsRow.QuarterHourRow(0, 1_000_000, new QuarterHourStats(figures(20), 6, 2)));

        assertEquals(figures(20, 10), totals.summary(UTC, NOW).today());
    }

    @Test
    void dropsExpiredRows() {
        BoardTotals totals = new BoardTotals(20 * 60_000);
        totals.accept(new StatsRow.QuarterHourRow(0, 1_000_000, new QuarterHourStats(figures(10), 4, 2)));
        totals.accept(new StatsRow.ExpiredRow(0, 1_000_000));
        totals.accept(new StatsRow.ExpiredRow(0, 1_000_000));
        totals.accept(new StatsRow.ExpiredRow(7, 5));

        assertTrue(totals.summary(UTC, NOW).since().isEmpty());
        assertEquals(new SessionStats(), totals.summary(UTC, NOW).today());
    }

    @Test
    void keepsARowAsItWasReceived_whateverItsSize() {
        SessionStats stats = new SessionStats();
        stats.addToBucket(0, 1);
        stats.addToBucket(3, Long.MAX_VALUE / 4);
        stats.addToBucket(300, 127);
        stats.addToBucket(376, 128);
        stats.addSums(Long.MAX_VALUE / 2, 1L << 40);
        QuarterHourTotal total = new QuarterHourTotal();
        total.replace(new StatsRow.QuarterHourRow(0, 1_000_000, new QuarterHourStats(stats, 7, 1L << 33)));

        assertEquals(stats, total.stats());
        assertEquals(7 - (1L << 33), total.growth());

        total.remove(0);

        assertEquals(new SessionStats(), total.stats());
        assertEquals(0, total.growth());
        assertTrue(total.isEmpty());
    }

    @Test
    void hasTheSameSums_whateverIsReadConcurrently() throws Exception {
        BoardTotals totals = new BoardTotals(20 * 60_000);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> writers = new ArrayList<>();
            for (int partition = 0; partition < 4; partition++) {
                int number = partition;
                writers.add(threads.submit(() -> {
                    for (int i = 1; i <= 2_000; i++) {
                        totals.accept(new StatsRow.QuarterHourRow(
                                number, 1_000_000 - i % 3, new QuarterHourStats(figures(i), i, i)));
                        assertTrue(totals.summary(UTC, NOW).today().sessions() <= 12);
                    }
                }));
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertEquals(12, totals.summary(UTC, NOW).last30Days().sessions());
        assertEquals(
                4 * (1998 + 1999 + 2000), totals.summary(UTC, NOW).last30Days().lengthSeconds());
    }

    /** 32 days of 100 partitions, in each quarter-hour of each of them 20 sessions of many lengths. */
    @Test
    void staysFarBelow100Megabytes() {
        Random random = new Random(1);
        List<SessionStats> some = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            SessionStats stats = new SessionStats();
            for (int session = 0; session < 20; session++) {
                long length = (long) Math.exp(random.nextDouble() * 9) * 1000;
                stats.count(new Published(0, length, 5));
            }
            some.add(stats);
        }
        long before = usedBytes();
        BoardTotals totals = new BoardTotals(20 * 60_000);
        for (int quarterHour = 0; quarterHour < 3072; quarterHour++) {
            for (int partition = 0; partition < 100; partition++) {
                SessionStats stats = some.get((quarterHour + partition) % some.size());
                totals.accept(new StatsRow.QuarterHourRow(
                        partition, 1_000_000 - quarterHour, new QuarterHourStats(stats, 17, 17)));
            }
        }
        long bytes = usedBytes() - before;

        assertEquals(3072L * 100 * 20, sessionsOf(totals));
        assertTrue(bytes < 80 << 20, "bytes: " + bytes);
    }

    private static long sessionsOf(BoardTotals totals) {
        long sum = 0;
        // two views of 30 days, for the 32
        sum += totals.summary(UTC, NOW).last30Days().sessions();
        Instant early = NOW.minusSeconds(30 * 86_400);
        sum += totals.summary(UTC, early).last30Days().sessions();
        return sum;
    }

    @Test
    void keepsOnlyTheLatest_howeverManyQuarterHoursAForeignWriterAdds() {
        BoardTotals totals = new BoardTotals(20 * 60_000);
        for (int quarterHour = 0; quarterHour < 366 * 96; quarterHour++) {
            totals.accept(
                    new StatsRow.QuarterHourRow(0, 1_000_000 - quarterHour, new QuarterHourStats(figures(10), 0, 0)));
        }

        assertTrue(totals.summary(UTC, NOW).last30Days().sessions() > 29 * 96);
        Instant early = NOW.minusSeconds(60 * 86_400);
        assertEquals(0, totals.summary(UTC, early).last30Days().sessions());
    }

    @Test
    void hasAnotherVersionAfterEveryRow() {
        BoardTotals totals = new BoardTotals(20 * 60_000);
        long before = totals.version();
        totals.accept(new StatsRow.LiveRow(0, new OpenCounts(1, 1), Optional.empty()));

        assertNotEquals(before, totals.version());
    }

    private static long usedBytes() {
        Runtime runtime = Runtime.getRuntime();
        long used = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            used = Math.min(used, runtime.totalMemory() - runtime.freeMemory());
        }
        return used;
    }

    private static SessionStats figures(long... seconds) {
        SessionStats stats = new SessionStats();
        for (long length : seconds) {
            stats.count(new Published(0, length * 1000, 1));
        }
        return stats;
    }
}
