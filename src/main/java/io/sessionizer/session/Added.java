package io.sessionizer.session;

import java.util.List;

/**
 * What an event has done to its user's timeline.
 *
 * @param timeline the timeline with the event
 * @param session the session that the event belongs to now
 * @param conclusions what is to be told because of it, in this order: sessions that were due before it, one that made room
 *     for it where the user had as many as are remembered, then sessions it
 *     merged away
 */
public record Added(Timeline timeline, Session session, List<Conclusion> conclusions) {}
