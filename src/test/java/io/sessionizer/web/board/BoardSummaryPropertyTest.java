package io.sessionizer.web.board;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sessionizer.session.Published;
import io.sessionizer.stats.OpenCounts;
import io.sessionizer.stats.QuarterHour;
import io.sessionizer.stats.QuarterHourStats;
import io.sessionizer.stats.SessionStats;
import io.sessionizer.stats.StatsRow;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The board's numbers are those of a recount that knows single sessions and the calendar, and no quarter-hours. */
class BoardSummaryPropertyTest {
    private static final int ROUNDS = 40;
    private static final int PARTITIONS = 3;
    private static final long DAY_MS = 86_400_000;

    /** Zones with whole, half and quarter hours, and the days around both changes of their clocks. */
    @ParameterizedTest
    @CsvSource({
        "UTC, 2026-11-24T02:10:00Z",
        "Asia/Kathmandu, 2026-11-24T18:14:59.999Z",
        "Asia/Kathmandu, 2026-11-24T18:15:00Z",
        "Australia/Lord_Howe, 2026-04-05T12:00:00Z",
        "Australia/Lord_Howe, 2026-04-04T15:10:00Z",
        "Australia/Lord_Howe, 2026-10-04T02:00:00Z",
        "Australia/Lord_Howe, 2026-10-04T15:45:00Z",
        "America/New_York, 2026-03-08T12:00:00Z",
        "America/New_York, 2026-03-09T06:30:00Z",
        "America/New_York, 2026-11-01T05:30:00Z",
        "America/New_York, 2026-11-01T06:30:00Z",
        "America/New_York, 2026-11-02T06:30:00Z",
        "America/New_York, 2026-11-30T23:00:00Z",
        "America/Havana, 2026-03-09T04:30:00Z",
        "Africa/Cairo, 2026-04-25T00:30:00Z",
        "Pacific/Kiritimati, 2026-01-01T00:00:00Z",
        "Pacific/Marquesas, 2026-01-01T00:00:00Z"
    })
    void countsEachSessionInTheLocalDayOfItsLastActivity(String zoneName, String at) {
        long seed = Long.getLong("seed", new Random().nextLong());
        Random random = new Random(seed);
        ZoneId zone = ZoneId.of(zoneName);
        for (int round = 0; round < ROUNDS; round++) {
            Instant now = Instant.parse(at).plusMillis(round == 0 ? 0 : random.nextInt((int) DAY_MS));
            List<Published> sessions = sessions(random, now);

            BoardSummary board = totals(sessions, random).summary(zone, now);

            assertSame(
                    new Recount(sessions, now.atZone(zone)), board, "seed " + seed + ", round " + round + ", " + now);
        }
    }

    private static void assertSame(Recount recount, BoardSummary board, String where) {
        LocalDate today = recount.now.toLocalDate();
        assertEquals(recount.stats(recount::isToday), board.today(), where);
        assertEquals(
                recount.stats(revision -> recount.isUpToNow(revision, 1)),
                board.comparisons().dayBefore().stats(),
                where);
        assertEquals(
                recount.stats(revision -> recount.isUpToNow(revision, 7)),
                board.comparisons().weekBefore().stats(),
                where);
        assertEquals(recount.stats(recount::isOfLast30Days), board.last30Days(), where);
        assertEquals(recount.since(), board.since(), where);
        assertEquals(30, board.days().size(), where);
        for (int i = 0; i < 30; i++) {
            LocalDate date = today.minusDays(29 - i);
            assertEquals(date, board.days().get(i).date(), where);
            assertEquals(
                    recount.stats(revision -> recount.date(revision).equals(date)),
                    board.days().get(i).stats(),
                    where + ", " + date);
        }
    }

    /** Single sessions, looked at one by one. */
    private record Recount(List<Published> sessions, ZonedDateTime now) {
        LocalDate date(Published revision) {
            return Instant.ofEpochMilli(revision.end()).atZone(now.getZone()).toLocalDate();
        }

        boolean isToday(Published revision) {
            return date(revision).equals(now.toLocalDate());
        }

        /** The middle of its quarter-hour has to lie more than a gap before the same time of that day. */
        boolean isUpToNow(Published revision, int daysAgo) {
            LocalDate day = now.toLocalDate().minusDays(daysAgo);
            ZonedDateTime sameTime = ZonedDateTime.of(day, now.toLocalTime(), now.getZone());
            long middle = revision.end() - revision.end() % (15 * 60_000) + 450_000;
            return date(revision).equals(day) && middle < sameTime.toInstant().toEpochMilli() - 20 * 60_000;
        }

        Optional<Instant> since() {
            return sessions.stream()
                    .map(revision -> revision.end() - revision.end() % QuarterHour.MS)
                    .min(Long::compare)
                    .map(Instant::ofEpochMilli);
        }

        boolean isOfLast30Days(Published revision) {
            return !date(revision).isBefore(now.toLocalDate().minusDays(29))
                    && !date(revision).isAfter(now.toLocalDate());
        }

        SessionStats stats(Predicate<Published> counts) {
            SessionStats figures = new SessionStats();
            sessions.stream().filter(counts).forEach(figures::count);
            return figures;
        }
    }

    private static List<Published> sessions(Random random, Instant now) {
        List<Published> sessions = new ArrayList<>();
        int count = random.nextInt(8) == 0 ? 0 : random.nextInt(600);
        for (int i = 0; i < count; i++) {
            // half of them within three days, many on a quarter-hour's very edge, a few ahead of now
            long span = random.nextBoolean() ? 3 * DAY_MS : 33 * DAY_MS;
            long end = now.toEpochMilli() + 300_000 - (long) (random.nextDouble() * span);
            end = random.nextInt(4) == 0 ? end - end % QuarterHour.MS - random.nextInt(2) : end;
            long length = (long) Math.exp(random.nextDouble() * 20);
            sessions.add(new Published(end - length, end, 1 + random.nextInt(50)));
        }
        return sessions;
    }

    /** The rows arrive one by one: some of them are replaced, and some expire. */
    private static BoardTotals totals(List<Published> sessions, Random random) {
        BoardTotals totals = new BoardTotals(20 * 60_000);
        List<Map<Long, SessionStats>> partitions = new ArrayList<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            partitions.add(new HashMap<>());
        }
        for (Published revision : sessions) {
            int partition = random.nextInt(PARTITIONS);
            long quarterHour = QuarterHour.of(revision.end());
            SessionStats figures = partitions.get(partition).computeIfAbsent(quarterHour, empty -> new SessionStats());
            figures.count(revision);
            totals.accept(new StatsRow.QuarterHourRow(
                    partition, quarterHour, new QuarterHourStats(figures, random.nextInt(9), random.nextInt(9))));
            if (random.nextInt(10) == 0) {
                totals.accept(
                        new StatsRow.QuarterHourRow(PARTITIONS, quarterHour, new QuarterHourStats(figures, 1, 0)));
                totals.accept(new StatsRow.ExpiredRow(PARTITIONS, quarterHour));
            }
        }
        return totals;
    }

    @ParameterizedTest
    @CsvSource({
        "UTC, 2026-11-24T10:07:00Z, 2026-11-23T10:00:00Z",
        "UTC, 2026-11-24T10:00:00Z, 2026-11-23T10:00:00Z",
        "UTC, 2026-11-24T10:14:59.999Z, 2026-11-23T10:00:00Z",
        "UTC, 2026-11-24T00:00:00Z, 2026-11-23T00:00:00Z",
        "Asia/Kathmandu, 2026-11-24T18:20:00Z, 2026-11-23T18:15:00Z",
        // 02:40, which yesterday did not have: 03:40
        "America/New_York, 2026-03-09T06:40:00Z, 2026-03-08T07:30:00Z",
        // 01:40, which yesterday had twice
        "America/New_York, 2026-11-02T06:40:00Z, 2026-11-01T05:30:00Z"
    })
    void knowsTheActiveUsersOfYesterdaysSameTime(String zone, String at, String then) {
        long seed = Long.getLong("seed", new Random().nextLong());
        Random random = new Random(seed);
        Instant now = Instant.parse(at);
        long start = Instant.parse(then).toEpochMilli();
        for (int round = 0; round < ROUNDS; round++) {
            Map<Long, long[]> counts = new HashMap<>(Map.of(QuarterHour.of(start) - random.nextInt(2), new long[2]));
            long activeThen = 0;
            long activeNow = 0;
            for (int user = random.nextInt(300); user > 0; user--) {
                long from = now.toEpochMilli() - random.nextInt(200) * (QuarterHour.MS / 3);
                long until = from + random.nextInt(50) * (QuarterHour.MS / 3);
                counts.computeIfAbsent(QuarterHour.of(from), none -> new long[2])[0]++;
                if (until < now.toEpochMilli()) {
                    counts.computeIfAbsent(QuarterHour.of(until), none -> new long[2])[1]++;
                } else {
                    activeNow++;
                }
                activeThen += from < start && until >= start ? 1 : 0;
            }
            BoardSummary board = activity(counts, activeNow).summary(ZoneId.of(zone), now);
            assertEquals(
                    OptionalLong.of(activeThen),
                    board.comparisons().dayBefore().activeUsers(),
                    "seed " + seed + ", round " + round);
            assertEquals(activeNow, board.activeUsers());
        }
    }

    /** One partition publishes who became active, another who became inactive, and some rows are repeated. */
    private static BoardTotals activity(Map<Long, long[]> counts, long activeNow) {
        BoardTotals totals = new BoardTotals(20 * 60_000);
        counts.forEach((quarterHour, count) -> {
            totals.accept(new StatsRow.QuarterHourRow(0, quarterHour, new QuarterHourStats(new SessionStats(), 99, 1)));
            totals.accept(
                    new StatsRow.QuarterHourRow(0, quarterHour, new QuarterHourStats(new SessionStats(), count[0], 0)));
            totals.accept(
                    new StatsRow.QuarterHourRow(1, quarterHour, new QuarterHourStats(new SessionStats(), 0, count[1])));
        });
        totals.accept(new StatsRow.LiveRow(0, new OpenCounts(activeNow + 7, 0), Optional.empty()));
        totals.accept(new StatsRow.LiveRow(0, new OpenCounts(activeNow / 2, 0), Optional.empty()));
        totals.accept(new StatsRow.LiveRow(1, new OpenCounts(activeNow - activeNow / 2, 0), Optional.empty()));
        return totals;
    }

    @Test
    void knowsNoActiveUsersOfATimeBeforeItsFirstQuarterHour() {
        Instant now = Instant.parse("2026-11-24T10:07:00Z");
        long then = QuarterHour.of(Instant.parse("2026-11-23T10:00:00Z").toEpochMilli());
        BoardTotals totals = new BoardTotals(20 * 60_000);
        totals.accept(new StatsRow.LiveRow(0, new OpenCounts(3, 3), Optional.empty()));
        totals.accept(new StatsRow.QuarterHourRow(0, then + 1, new QuarterHourStats(new SessionStats(), 3, 0)));
        assertEquals(OptionalLong.empty(), dayBefore(totals, now));
        totals.accept(new StatsRow.QuarterHourRow(0, then - 9, new QuarterHourStats(new SessionStats(), 0, 0)));
        assertEquals(OptionalLong.of(0), dayBefore(totals, now));
    }

    /** The row of who came is there before the one of now. */
    @Test
    void neverReportsFewerThanZeroUsers() {
        Instant now = Instant.parse("2026-11-24T10:07:00Z");
        BoardTotals totals = new BoardTotals(20 * 60_000);
        totals.accept(new StatsRow.QuarterHourRow(
                0, QuarterHour.of(now.toEpochMilli()) - 96, new QuarterHourStats(new SessionStats(), 3, 0)));
        assertEquals(OptionalLong.of(0), dayBefore(totals, now));
    }

    private static OptionalLong dayBefore(BoardTotals totals, Instant now) {
        return totals.summary(ZoneId.of("UTC"), now).comparisons().dayBefore().activeUsers();
    }
}
