package io.sessionizer.stats;

/**
 * Quarter-hours, numbered from the epoch: the finest time that statistics are kept by. All offsets from UTC in use are
 * multiples of it, so a day can be cut out of them in any time zone.
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
