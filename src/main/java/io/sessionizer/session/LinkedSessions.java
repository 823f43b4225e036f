package io.sessionizer.session;

import java.util.List;

/**
 * The sessions that an event joins: those within the gap of it, those within the gap of these, and so on. If the gap
 * has not changed, that is one session, or two that the event bridges; there may be more if the gap was smaller
 * earlier.
 *
 * @param from index of the first one
 * @param to index after the last one; {@code from} if the event joins none
 */
record LinkedSessions(int from, int to) {

    /** @param sessions sorted by start; they do not overlap */
    static LinkedSessions of(long time, List<Session> sessions, SessionRules rules) {
        int from = sessions.size();
        while (from > 0 && sessions.get(from - 1).start() > time) {
            from--;
        }
        int to = from;
        long start = time;
        long end = time;
        for (; from > 0 && sessions.get(from - 1).end() >= start - rules.gapMs(); from--) {
            start = sessions.get(from - 1).start();
            end = Math.max(end, sessions.get(from - 1).end());
        }
        for (; to < sessions.size() && sessions.get(to).start() <= end + rules.gapMs(); to++) {
            end = sessions.get(to).end();
        }
        return new LinkedSessions(from, to);
    }

    boolean isEmpty() {
        return from == to;
    }
}
