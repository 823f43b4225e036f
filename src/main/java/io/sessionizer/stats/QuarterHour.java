package io.sessionizer.stats;

/**
 * Quarter-hours, numbered from the epoch: the resolution of the statistics. All UTC offsets in use are multiples of it,
 * so a day in any time zone is a whole number of quarter-hours.
 */
public final class QuarterHour {
    /** Length in ms. */
    public static final long MS = 15 * 60 * 1000;

    private QuarterHour() {}

    /** The number of the quarter-hour that contains {@code time}, epoch ms. */
    public static long of(long time) {
        return Math.floorDiv(time, MS);
    }

    /** Start of the quarter-hour, epoch ms. */
    public static long start(long quarterHour) {
        return quarterHour * MS;
    }
}
