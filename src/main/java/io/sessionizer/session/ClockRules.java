package io.sessionizer.session;

/**
 * The rule of a partition's clock (contract section 3): event time that never goes backwards. No record advances it
 * past its own timestamp or the wall clock, so one phone whose clock is ahead cannot conclude the sessions of other
 * users.
 */
public final class ClockRules {
    /** A clock that no record has advanced yet. */
    public static final long NONE = -1;

    private ClockRules() {}

    /**
     * How far a record may advance the clock.
     *
     * @param eventTime event time, epoch ms
     * @param recordTime the record's own timestamp, epoch ms; negative if it has none
     * @param wall the wall clock, epoch ms
     * @return epoch ms, or {@link #NONE}
     */
    public static long advancedBy(long eventTime, long recordTime, long wall) {
        return Math.max(NONE, Math.min(eventTime, Math.min(recordTime, wall)));
    }
}
