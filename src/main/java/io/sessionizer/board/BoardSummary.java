package io.sessionizer.board;

import io.sessionizer.session.Figures;
import io.sessionizer.session.Quarter;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.OptionalLong;

/**
 * The numbers of the Session Board at one moment in one time zone. A session counts in the day, by local date, of its last
 * activity; days of a change of the clocks have 23 or 25 hours.
 *
 * @param now the moment, in the zone
 * @param isEmpty whether no session is counted at all
 * @param today the figures of the day that is not over
 * @param before those of yesterday up to the same local time: all quarter-hours that began before it. A time that
 *     yesterday did not have is moved on by the change of the clocks; of one that it had twice, the earlier counts
 * @param activeUsers users with an open session
 * @param activeUsersBefore the same at the end of the last of yesterday's quarter-hours; empty where nobody knows
 * @param last30Days the figures of {@code days} together
 * @param days the last 30 days, the oldest first, the last is today
 */
record BoardSummary(
        ZonedDateTime now,
        boolean isEmpty,
        Figures today,
        Figures before,
        long activeUsers,
        OptionalLong activeUsersBefore,
        Figures last30Days,
        List<Day> days) {
    private static final int DAYS = 30;

    /** A local date and what is counted in it. */
    record Day(LocalDate date, Figures figures) {}

    /**
     * @param quarters what is counted, by the number of the quarter-hour
     * @param activeUsers users with an open session now
     */
    static BoardSummary of(NavigableMap<Long, QuarterTotal> quarters, long activeUsers, ZonedDateTime now) {
        ZoneId zone = now.getZone();
        LocalDate last = now.toLocalDate();
        LocalDate yesterday = last.minusDays(1);
        Instant sameTime = yesterday.atTime(now.toLocalTime()).atZone(zone).toInstant();
        List<Day> days = new ArrayList<>();
        Figures all = new Figures();
        for (LocalDate date = last.minusDays(DAYS - 1L); !date.isAfter(last); date = date.plusDays(1)) {
            Figures figures = sum(quarters, startOf(date, zone), startOf(date.plusDays(1), zone));
            days.add(new Day(date, figures));
            all.add(figures);
        }
        return new BoardSummary(
                now,
                quarters.values().stream().allMatch(total -> total.figures().sessions() == 0),
                days.get(DAYS - 1).figures(),
                sum(quarters, startOf(yesterday, zone), sameTime),
                activeUsers,
                usersOf(quarters.get(firstFrom(sameTime) - 1)),
                all,
                List.copyOf(days));
    }

    private static OptionalLong usersOf(QuarterTotal total) {
        return total == null ? OptionalLong.empty() : OptionalLong.of(total.activeUsers());
    }

    private static Instant startOf(LocalDate date, ZoneId zone) {
        return date.atStartOfDay(zone).toInstant();
    }

    /** The first quarter-hour that begins at this moment or later. */
    private static long firstFrom(Instant at) {
        return Quarter.of(at.toEpochMilli() - 1) + 1;
    }

    private static Figures sum(NavigableMap<Long, QuarterTotal> quarters, Instant from, Instant to) {
        Figures sum = new Figures();
        quarters.subMap(firstFrom(from), true, firstFrom(to), false)
                .values()
                .forEach(total -> sum.add(total.figures()));
        return sum;
    }
}
