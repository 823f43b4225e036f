package io.sessionizer.event;

/** How an event is handled (specification, section 1). */
public enum Verdict {
    /** It opens, extends or joins a session, and is stamped. */
    COUNTS,
    /** Excluded by its name: it affects no session, whatever else is missing or invalid. */
    EXCLUDED,
    /** Not tracked because of its source or type: it affects no session either. An event with an excluded name is EXCLUDED. */
    UNTRACKED,
    /** It could not be parsed, and goes to the dead letter topic. */
    REJECTED
}
