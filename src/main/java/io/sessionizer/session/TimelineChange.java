package io.sessionizer.session;

import java.util.List;

/**
 * The change of a user's timeline when the clock advances.
 *
 * @param timeline the timeline without forgotten sessions; empty if none is remembered
 * @param conclusions the sessions that have concluded, by start
 */
public record TimelineChange(Timeline timeline, List<Conclusion> conclusions) {}
