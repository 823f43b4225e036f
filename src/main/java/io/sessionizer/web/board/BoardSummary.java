package io.sessionizer.web.board;

import io.sessionizer.stats.QuarterHour;
import io.sessionizer.stats.SessionStats;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.IntFunction;

/**
 * The statistics of the Session Board at one time in one time zone. A session counts in the day, by local date, of its
 * last activity; days with a daylight saving change have 23 or 25 hours.
 *
 * <p>Today is compared with yesterday, and with the same weekday of last week, both by local date and up to the same local
 * time. A time that the earlier day did not have is shifted by the clock change; if it had that time twice, the earlier
 * one is used. Point-in-time counts are taken at the start of the quarter-hour that contains that time. Sums cover the
 * sessions that had concluded by then, as they do for today: those whose last activity was at least an inactivity gap
 * earlier. A quarter-hour that spans that moment counts on the side of its larger part.
 *
 * @param now the moment, in the zone
 * @param since start of the earliest quarter-hour with a session, even if it is not among {@code days}; empty if no
 *     session is counted
 * @param activeUsers users with an open session now
 * @param comparisons the earlier days
 * @param days the last 30 days, oldest first; the last one is today
 */
record BoardSummary(
        ZonedDateTime now, Optional<Instant> since, long activeUsers, Comparisons comparisons, List<DayStats> days) {
    static final int DAYS = 30;
    private static final int WEEK = 7;

    /** A local date and its statistics. */
    record DayStats(LocalDate date, SessionStats stats) {}

    /**
     * An earlier day, up to the time of day that it is now.
     *
     * @param stats sessions that had concluded by then
     * @param activeUsers users with an open session then: exact once all due sessions have concluded; empty if the
     *     board has no data for that quarter-hour or an earlier one
     */
    record EarlierDay(SessionStats stats, OptionalLong activeUsers) {}

    /** What today is compared with. */
    record Comparisons(EarlierDay dayBefore, EarlierDay weekBefore) {}

    /**
     * @param quarterHours what is counted, by the number of the quarter-hour
     * @param activeUsers users with an open session now
     * @param gapMs the inactivity gap, in ms
     */
    static BoardSummary of(
            NavigableMap<Long, QuarterHourTotal> quarterHours, long activeUsers, long gapMs, ZonedDateTime now) {
        ZoneId zone = now.getZone();
        LocalDate last = now.toLocalDate();
        List<DayStats> days = new ArrayList<>();
        for (LocalDate date = last.minusDays(DAYS - 1L); !date.isAfter(last); date = date.plusDays(1)) {
            days.add(new DayStats(date, sum(quarterHours, startOf(date, zone), startOf(date.plusDays(1), zone))));
        }
        IntFunction<EarlierDay> daysAgo = count -> {
            LocalDate date = last.minusDays(count);
            Instant sameTime = date.atTime(now.toLocalTime()).atZone(zone).toInstant();
            return new EarlierDay(
                    sum(quarterHours, startOf(date, zone), sameTime.minusMillis(gapMs + QuarterHour.MS / 2)),
                    activeUsersAt(quarterHours, QuarterHour.of(sameTime.toEpochMilli()), activeUsers));
        };
        return new BoardSummary(
                now,
                since(quarterHours),
                activeUsers,
                new Comparisons(daysAgo.apply(1), daysAgo.apply(WEEK)),
                List.copyOf(days));
    }

    private static Optional<Instant> since(NavigableMap<Long, QuarterHourTotal> quarterHours) {
        return quarterHours.entrySet().stream()
                .filter(entry -> entry.getValue().stats().sessions() > 0)
                .findFirst()
                .map(entry -> Instant.ofEpochMilli(QuarterHour.start(entry.getKey())));
    }

    /** Statistics of the current day. */
    SessionStats today() {
        return days.get(days.size() - 1).stats();
    }

    /** Statistics of all days together. */
    SessionStats last30Days() {
        SessionStats all = new SessionStats();
        days.forEach(day -> all.add(day.stats()));
        return all;
    }

    private static OptionalLong activeUsersAt(
            NavigableMap<Long, QuarterHourTotal> quarterHours, long quarterHour, long now) {
        if (quarterHours.floorKey(quarterHour) == null) {
            return OptionalLong.empty();
        }
        long since = quarterHours.tailMap(quarterHour, true).values().stream()
                .mapToLong(QuarterHourTotal::growth)
                .sum();
        // rows arrive one by one, so they may be briefly inconsistent
        return OptionalLong.of(Math.max(0, now - since));
    }

    private static Instant startOf(LocalDate date, ZoneId zone) {
        return date.atStartOfDay(zone).toInstant();
    }

    /** The first quarter-hour that begins at this time or later. */
    private static long firstFrom(Instant at) {
        return QuarterHour.of(at.toEpochMilli() - 1) + 1;
    }

    private static SessionStats sum(NavigableMap<Long, QuarterHourTotal> quarterHours, Instant from, Instant to) {
        SessionStats sum = new SessionStats();
        if (to.isBefore(from)) {
            return sum;
        }
        quarterHours
                .subMap(firstFrom(from), true, firstFrom(to), false)
                .values()
                .forEach(total -> sum.add(total.stats()));
        return sum;
    }
}
