package io.sessionizer.event;

/** What becomes of an event (contract section 1). */
public enum Verdict {
    /** It opens, extends or joins a session, and is stamped. */
    COUNTS,
    /** Excluded by its name: it touches no session, whatever else is missing or wrong in it. */
    EXCLUDED,
    /** Not tracked for its source or type: the same, where its name does not exclude it already. */
    UNTRACKED,
    /** It could not be understood, and goes to the dead letters. */
    REJECTED
}
