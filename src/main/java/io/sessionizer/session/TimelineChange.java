package io.sessionizer.session;

import java.util.List;

/**
 * What the clock has done to a user's timeline.
 *
 * @param timeline the timeline without what is forgotten; empty when nothing is remembered any more
 * @param conclusions the sessions that have concluded, by start
 */
public record TimelineChange(Timeline timeline, List<Conclusion> conclusions) {}
