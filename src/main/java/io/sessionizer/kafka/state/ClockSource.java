package io.sessionizer.kafka.state;

/** What advances a partition's clock. */
public enum ClockSource {
    /** Records, by their event time. */
    EVENT_TIME,
    /** The wall clock, while the partition is idle. */
    WALL_CLOCK
}
