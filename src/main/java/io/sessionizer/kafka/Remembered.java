package io.sessionizer.kafka;

import io.sessionizer.session.Timeline;

/** What one instance knows of a user. */
public sealed interface Remembered {
    /**
     * The user's sessions.
     *
     * @param timeline not empty; of a standby, or of a transaction that is still open, it may be a little old or new
     */
    record Found(Timeline timeline) implements Remembered {}

    /** This instance has all partitions, and nothing of the user. */
    record Unknown() implements Remembered {}

    /** Nothing here; other instances hold partitions, too. */
    record Elsewhere() implements Remembered {}

    /** Nothing can be said yet: partitions are on their way to or from this instance. */
    record Moving() implements Remembered {}
}
