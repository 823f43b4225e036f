package io.sessionizer.session;

/** What one instance knows about a user. */
public sealed interface UserState {
    /**
     * The user's remembered sessions.
     *
     * @param timeline not empty; from a standby or an open transaction it may be slightly stale or uncommitted
     */
    record Found(Timeline timeline) implements UserState {}

    /** Not found, and this instance has all partitions. */
    record Absent() implements UserState {}

    /** Not found here; other instances have partitions too. */
    record AbsentHere() implements UserState {}

    /** Not known yet: partitions are moving to or from this instance. */
    record Unavailable() implements UserState {}
}
