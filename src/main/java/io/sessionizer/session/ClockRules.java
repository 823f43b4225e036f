package io.sessionizer.session;

import java.util.OptionalLong;

/**
 * The rules of a partition's clock (specification, section 3, The clock). When it is more than one inactivity gap
 * behind the wall clock, it shows event time; otherwise it follows the wall clock as far as the log has been processed.
 * It never runs backwards, unless it is far ahead of the wall clock.
 */
public final class ClockRules {
    /** A clock that no record has advanced yet. */
    public static final long NONE = -1;

    /** How far system clocks may differ, in ms. */
    public static final long CLOCK_SKEW_MS = 60_000;

    private ClockRules() {}

    /**
     * How far a record may advance the clock: to its event time, but not past its own timestamp or the wall clock, so
     * that one phone whose clock is ahead cannot conclude the sessions of other users.
     *
     * @param eventTime event time, epoch ms; negative if it cannot be read
     * @param recordTime the record's own timestamp, epoch ms; negative if it has none, so that the wall clock alone counts
     * @param wall the wall clock, epoch ms
     * @return epoch ms, or {@link #NONE}
     */
    public static long advancedBy(long eventTime, long recordTime, long wall) {
        long bound = recordTime < 0 ? wall : Math.min(recordTime, wall);
        return Math.max(NONE, Math.min(eventTime, bound));
    }

    /**
     * The time to which the clock advances when everything before the end of the log, as of a given moment, has been
     * processed.
     *
     * @param clock the clock, epoch ms, or {@link #NONE}
     * @param momentMs that moment, by the wall clock, epoch ms
     * @param gapMs the inactivity gap
     * @param isQuiet whether no record has advanced the clock for a long time: otherwise a clock that is a gap or more
     *     behind may be that of a history that is being loaded
     * @return epoch ms, later than the clock; empty if it stays
     */
    public static OptionalLong followed(long clock, long momentMs, long gapMs, boolean isQuiet) {
        boolean isNear = clock != NONE && momentMs - clock < gapMs;
        return momentMs > clock && (isNear || isQuiet) ? OptionalLong.of(momentMs) : OptionalLong.empty();
    }

    /** Whether the clock is so far ahead of the wall clock that one of the two was wrong: it must be set back. */
    public static boolean isAhead(long clock, long wall) {
        return clock > wall + CLOCK_SKEW_MS;
    }
}
