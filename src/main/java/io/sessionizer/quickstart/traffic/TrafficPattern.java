package io.sessionizer.quickstart.traffic;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/** When the sample shop is busy: quiet nights, busy evenings, and weekends that start later and are busier. In UTC. */
final class TrafficPattern {
    private static final double[] WORKDAY = {
        0.35, 0.2, 0.12, 0.1, 0.12, 0.25, 0.5, 0.85, 0.95, 0.85, 0.85, 0.95, 1.25, 1.1, 0.95, 0.95, 1.05, 1.3, 1.65,
        2.1, 2.3, 2.0, 1.35, 0.75
    };
    private static final double[] WEEKEND = {
        0.6, 0.4, 0.25, 0.15, 0.12, 0.15, 0.25, 0.5, 0.95, 1.4, 1.7, 1.75, 1.65, 1.6, 1.65, 1.7, 1.75, 1.8, 1.9, 2.0,
        1.95, 1.7, 1.2, 0.8
    };

    private TrafficPattern() {}

    /** How busy the shop is at {@code time} (epoch ms): 1 is an average minute. */
    static double at(long time) {
        ZonedDateTime utc = Instant.ofEpochMilli(time).atZone(ZoneOffset.UTC);
        DayOfWeek day = utc.getDayOfWeek();
        boolean weekend = day == DayOfWeek.SATURDAY || day == DayOfWeek.SUNDAY;
        return (weekend ? WEEKEND : WORKDAY)[utc.getHour()];
    }
}
