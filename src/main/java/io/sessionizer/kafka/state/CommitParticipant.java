package io.sessionizer.kafka.state;

/** State cached in memory that is stored once per commit. */
public interface CommitParticipant {
    /** Stores the changes since the last call. May write to stores, but must not forward records. */
    void beforeCommit();

    /** Whether something has changed since the last call of {@link #beforeCommit}. */
    boolean hasUnsaved();
}
