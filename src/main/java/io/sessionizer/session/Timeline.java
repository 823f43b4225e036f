package io.sessionizer.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A user's remembered sessions: an immutable value that knows how an event joins, opens, extends or merges sessions, and
 * what concludes or is forgotten as the partition's clock moves (contract sections 2 and 3). Any two of its sessions lie
 * more than the inactivity gap apart. It emits nothing and reads no clock; it leaves storing and telling to its caller.
 *
 * <p>The alarm is the clock time past which the timeline must be looked at again. It may be earlier than needed, never
 * later, so that an event that extends a session moves no timer.
 */
public final class Timeline {
    /** No sessions, no alarm. */
    public static final Timeline EMPTY = new Timeline(List.of(), Long.MAX_VALUE);

    private final List<Session> sessions;
    private final long alarm;

    private Timeline(List<Session> sessions, long alarm) {
        this.sessions = sessions;
        this.alarm = alarm;
    }

    /**
     * A timeline as it was stored.
     *
     * @param sessions by start, no two within the gap; the list is not copied and must not change
     * @param alarm epoch ms
     */
    public static Timeline of(List<Session> sessions, long alarm) {
        return sessions.isEmpty() ? EMPTY : new Timeline(sessions, alarm);
    }

    /** The remembered sessions by start; not to be changed. */
    public List<Session> sessions() {
        return sessions;
    }

    /** The timeline is to be looked at when the clock stands past this, in epoch ms; Long.MAX_VALUE when empty. */
    public long alarm() {
        return alarm;
    }

    public boolean isEmpty() {
        return sessions.isEmpty();
    }

    /** How many of the sessions are open. */
    public int openSessions() {
        int open = 0;
        for (Session session : sessions) {
            open += session.isOpen() ? 1 : 0;
        }
        return open;
    }

    /** The remembered session with the latest activity. */
    public Optional<Session> latest() {
        return isEmpty() ? Optional.empty() : Optional.of(sessions.get(sessions.size() - 1));
    }

    /**
     * Adds an event, after everything that is due at {@code clock} has concluded.
     *
     * @param time event time in epoch ms, 0 to the end of the year 9999
     * @param clock the partition's clock in epoch ms, already moved by the event; {@link Clock#NONE} if it has none yet
     */
    public Added add(long time, long clock, Rules rules) {
        List<Conclusion> conclusions = new ArrayList<>(0);
        List<Session> before = remembered(clock, rules, conclusions);
        int at = firstNotBefore(before, time, rules);
        boolean joins = at < before.size() && before.get(at).takes(time, rules);
        while (!joins && before.size() >= rules.maxSessions()) {
            before = withoutFirstDue(before, conclusions);
            at = firstNotBefore(before, time, rules);
        }
        List<Session> after = new ArrayList<>(before.size() + 1);
        after.addAll(before.subList(0, at));
        Added.Way way = joins ? before.get(at).isOpen() ? Added.Way.EXTENDED : Added.Way.AMENDED : Added.Way.OPENED;
        Session session = joins ? before.get(at++).joinedBy(time, clock) : Session.openedBy(time, clock);
        for (; at < before.size() && before.get(at).takes(time, rules); at++) {
            conclusions.add(Conclusion.merged(before.get(at), session));
            session = session.absorbing(before.get(at));
        }
        after.add(session);
        after.addAll(before.subList(at, before.size()));
        return new Added(rearmed(after, clock, rules), session, way, conclusions);
    }

    /**
     * Moves on to {@code clock}: sessions that are due conclude, those whose retention is over are forgotten.
     *
     * @param clock the partition's clock in epoch ms
     */
    public Advanced advance(long clock, Rules rules) {
        List<Conclusion> conclusions = new ArrayList<>(0);
        List<Session> after = remembered(clock, rules, conclusions);
        return new Advanced(rearmed(after, clock, rules), conclusions);
    }

    private List<Session> remembered(long clock, Rules rules, List<Conclusion> conclusions) {
        if (!isAnyDue(clock, rules)) {
            return sessions;
        }
        List<Session> after = new ArrayList<>(sessions.size());
        for (Session session : sessions) {
            Session now = session;
            if (session.isOpen() && clock > session.dueAt(rules)) {
                Conclusion conclusion = Conclusion.of(session);
                conclusions.add(conclusion);
                now = conclusion.session();
            }
            if (now.isOpen() || clock <= now.forgetAt(rules)) {
                after.add(now);
            }
        }
        return after;
    }

    private boolean isAnyDue(long clock, Rules rules) {
        for (Session session : sessions) {
            if (clock > (session.isOpen() ? session.dueAt(rules) : session.forgetAt(rules))) {
                return true;
            }
        }
        return false;
    }

    private static int firstNotBefore(List<Session> sessions, long time, Rules rules) {
        int at = 0;
        while (at < sessions.size() && sessions.get(at).end() + rules.gapMs() < time) {
            at++;
        }
        return at;
    }

    private static List<Session> withoutFirstDue(List<Session> sessions, List<Conclusion> conclusions) {
        int first = 0;
        for (int i = 1; i < sessions.size(); i++) {
            if (sessions.get(i).lastArrival() < sessions.get(first).lastArrival()) {
                first = i;
            }
        }
        if (sessions.get(first).isOpen()) {
            conclusions.add(Conclusion.of(sessions.get(first)));
        }
        List<Session> rest = new ArrayList<>(sessions);
        rest.remove(first);
        return rest;
    }

    private Timeline rearmed(List<Session> after, long clock, Rules rules) {
        if (after.isEmpty()) {
            return EMPTY;
        }
        long needed = nextLook(after, rules);
        boolean standsAhead = alarm >= clock && alarm <= needed;
        return new Timeline(after, standsAhead ? alarm : needed);
    }

    /** The first conclusion; where none is open, the time to forget the last: nobody is helped by forgetting one by one. */
    private static long nextLook(List<Session> sessions, Rules rules) {
        long firstDue = Long.MAX_VALUE;
        long lastForgotten = 0;
        for (Session session : sessions) {
            if (session.isOpen()) {
                firstDue = Math.min(firstDue, session.dueAt(rules));
            }
            lastForgotten = Math.max(lastForgotten, session.forgetAt(rules));
        }
        return firstDue == Long.MAX_VALUE ? lastForgotten : firstDue;
    }
}
