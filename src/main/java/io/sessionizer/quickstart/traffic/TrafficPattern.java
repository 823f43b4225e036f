package io.sessionizer.quickstart.traffic;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/**
 * When the sample shop is busy: quiet nights, busy evenings, and weekends that start later and are busier.
 *
 * @param zone the time zone of the shop
 * @param liveFrom when the live traffic begins, in epoch ms
 */
record TrafficPattern(ZoneId zone, long liveFrom) {
    private static final double SESSIONS_PER_MINUTE = 0.55;
    /** Busier than the history, so that there is something to see; not so busy that today dwarfs the other days. */
    private static final double LIVE_FACTOR = 2;
    /** At night too. */
    private static final double LEAST_LIVE_SESSIONS_PER_MINUTE = 1;

    private static final double[] WORKDAY = {
        0.35, 0.2, 0.12, 0.1, 0.12, 0.25, 0.5, 0.85, 0.95, 0.85, 0.85, 0.95, 1.25, 1.1, 0.95, 0.95, 1.05, 1.3, 1.65,
        2.1, 2.3, 2.0, 1.35, 0.75
    };
    private static final double[] WEEKEND = {
        0.6, 0.4, 0.25, 0.15, 0.12, 0.15, 0.25, 0.5, 0.95, 1.4, 1.7, 1.75, 1.65, 1.6, 1.65, 1.7, 1.75, 1.8, 1.9, 2.0,
        1.95, 1.7, 1.2, 0.8
    };

    /** How many sessions begin on average in the minute from {@code time}, in epoch ms. */
    double sessionsPerMinute(long time) {
        double usual = SESSIONS_PER_MINUTE * busyness(time);
        return time < liveFrom ? usual : Math.max(LEAST_LIVE_SESSIONS_PER_MINUTE, LIVE_FACTOR * usual);
    }

    /** How busy the shop is: 1 in an average minute. */
    private double busyness(long time) {
        ZonedDateTime local = Instant.ofEpochMilli(time).atZone(zone);
        DayOfWeek day = local.getDayOfWeek();
        boolean weekend = day == DayOfWeek.SATURDAY || day == DayOfWeek.SUNDAY;
        return (weekend ? WEEKEND : WORKDAY)[local.getHour()];
    }
}
