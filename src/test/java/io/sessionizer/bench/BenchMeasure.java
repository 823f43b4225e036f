package io.sessionizer.bench;

import java.util.Locale;

/** What is measured of a round, in the order in which it is reported. */
public enum BenchMeasure {
    EVENTS_PER_SECOND("steady events/s", 0, true),
    CPU_SECONDS("CPU seconds a million events", 2, true),
    BROKER_SECONDS("CPU seconds of the broker a million events", 2, true),
    CHANGELOG_RECORDS("changelog records an event", 3, false),
    CHANGELOG_BYTES("changelog bytes an event", 1, false),
    PEAK_MEGABYTES("peak resident memory, MB", 0, true),
    NOT_STAMPED("events not stamped exactly once", 0, false),
    STAMPS_WRONG("stamps that are not the session's", 0, false),
    EVENTS_LOST("events that no session counts", 0, false),
    SESSIONS_WRONG("sessions wrong", 0, false),
    STAMP_P50_MS("append to stamp visible, p50, ms", 0, true),
    STAMP_P99_MS("append to stamp visible, p99, ms", 0, true),
    CONCLUDED_P50_MS("conclusion beyond the gap, p50, ms", 0, false),
    CONCLUDED_P99_MS("conclusion beyond the gap, p99, ms", 0, false),
    HALF_LOAD("events/s offered meanwhile", 0, false),
    SENT_LATE_MS("an event was sent late by at most, ms", 0, false);

    private final String title;
    private final int decimals;
    private final boolean isCompared;

    BenchMeasure(String title, int decimals, boolean isCompared) {
        this.title = title;
        this.decimals = decimals;
        this.isCompared = isCompared;
    }

    public String title() {
        return title;
    }

    /** Whether its ratio to copy says something. */
    boolean isCompared() {
        return isCompared;
    }

    String text(double value) {
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }
}
