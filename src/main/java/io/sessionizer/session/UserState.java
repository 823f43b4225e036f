package io.sessionizer.session;

/** What one instance knows of a user. */
public sealed interface UserState {
    /**
     * The user's sessions.
     *
     * @param timeline not empty; of a standby, or of a transaction that is still open, it may be a little old or new
     */
    record Found(Timeline timeline) implements UserState {}

    /** This instance has all partitions, and nothing of the user. */
    record Absent() implements UserState {}

    /** Nothing here; other instances hold partitions, too. */
    record AbsentHere() implements UserState {}

    /** Nothing can be said yet: partitions are on their way to or from this instance. */
    record Unavailable() implements UserState {}
}
