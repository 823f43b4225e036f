package io.sessionizer.session;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.RandomAccess;
import java.util.function.LongFunction;

/**
 * A user's remembered sessions: an immutable value that knows how an event joins, opens, extends or merges sessions,
 * and what concludes or is forgotten as the partition's clock moves (contract sections 2 and 3). Any two of its
 * sessions lie more than the inactivity gap apart. It emits nothing and reads no clock; storing and publishing are left
 * to the caller.
 *
 * <p>The deadline is the clock time after which the timeline must be checked, since a session may be due. It may be
 * earlier than necessary, never later, so an event that extends a session moves no timer. Forgetting is not urgent, so
 * concluded sessions need no deadline.
 */
public final class Timeline {
    /** The deadline of a timeline without an open session. */
    public static final long NO_DEADLINE = Long.MAX_VALUE;

    /** No sessions, no deadline. */
    public static final Timeline EMPTY = new Timeline(List.of(), null, NO_DEADLINE, FastPath.NONE);

    /** Sorted by start; all but the latest, which most events extend. */
    private final List<Session> earlier;
    /** Null if there are no sessions. */
    private final Session latest;

    private final long deadline;
    /** An event that extends a session passes it on, so that it costs no object per event. */
    private final FastPath fastPath;

    private Timeline(List<Session> earlier, Session latest, long deadline, FastPath fastPath) {
        this.earlier = earlier;
        this.latest = latest;
        this.deadline = deadline;
        this.fastPath = fastPath;
    }

    /**
     * When most events need not examine all sessions.
     *
     * @param rules by these no two sessions lie within the gap, and {@code until} holds; null in {@link #NONE}
     * @param until nothing is due or to be forgotten up to this clock time, epoch ms
     */
    private record FastPath(SessionRules rules, long until) {
        /** All sessions must be examined. */
        static final FastPath NONE = new FastPath(null, 0);

        boolean applies(long clock, SessionRules currentRules) {
            return currentRules == rules && clock <= until;
        }
    }

    /**
     * A timeline as it was stored.
     *
     * @param sessions by start, no two within the gap
     * @param deadline epoch ms; ignored if no session is open
     */
    public static Timeline of(List<Session> sessions, long deadline) {
        return of(sessions, sessions.stream().anyMatch(Session::isOpen) ? deadline : NO_DEADLINE, FastPath.NONE);
    }

    private static Timeline of(List<Session> sessions, long deadline, FastPath fastPath) {
        if (sessions.isEmpty()) {
            return EMPTY;
        }
        int last = sessions.size() - 1;
        return new Timeline(List.copyOf(sessions.subList(0, last)), sessions.get(last), deadline, fastPath);
    }

    /** The remembered sessions, sorted by start; must not be modified. */
    public List<Session> sessions() {
        return earlier.isEmpty() ? latest == null ? List.of() : List.of(latest) : new All();
    }

    /** The earlier sessions followed by the latest, without a copy. */
    private final class All extends AbstractList<Session> implements RandomAccess {
        @Override
        public Session get(int index) {
            return Objects.checkIndex(index, size()) < earlier.size() ? earlier.get(index) : latest;
        }

        @Override
        public int size() {
            return earlier.size() + 1;
        }
    }

    /** Number of remembered sessions. */
    public int size() {
        return isEmpty() ? 0 : earlier.size() + 1;
    }

    /** The clock time past which {@link #advance} must be called, in epoch ms; {@link #NO_DEADLINE} if none is open. */
    public long deadline() {
        return deadline;
    }

    public boolean isEmpty() {
        return latest == null;
    }

    /** Whether all sessions have concluded and their retention has expired at {@code clock}. */
    public boolean isForgotten(long clock, SessionRules rules) {
        for (Session session : sessions()) {
            if (session.isOpen() || clock <= session.forgottenAfter(rules)) {
                return false;
            }
        }
        return true;
    }

    /** Number of open sessions. */
    public int openSessions() {
        int open = 0;
        for (Session session : sessions()) {
            open += session.isOpen() ? 1 : 0;
        }
        return open;
    }

    /** The clock time until which some session stays open if no more events arrive, epoch ms; empty if none is open. */
    public OptionalLong activeUntil(SessionRules rules) {
        long last = -1;
        for (Session session : sessions()) {
            if (session.isOpen()) {
                last = Math.max(last, session.concludesAfter(rules));
            }
        }
        return last < 0 ? OptionalLong.empty() : OptionalLong.of(last);
    }

    /** The remembered session with the latest activity. */
    public Optional<Session> latest() {
        return Optional.ofNullable(latest);
    }

    /**
     * Concludes everything that is due at {@code clock}, then adds an event.
     *
     * @param time event time in epoch ms, 0 to the end of the year 9999
     * @param clock the partition's clock, epoch ms, already advanced by the event; {@link ClockRules#NONE} if it has none
     *     yet
     * @param newId the id of a session that an event at this time opens; called only if this one does
     */
    public EventAdded add(long time, long clock, SessionRules rules, LongFunction<SessionId> newId) {
        return fastPath.applies(clock, rules) && extendsLatest(time, rules)
                ? extendLatest(time, clock)
                : addGeneral(time, clock, rules, newId);
    }

    /**
     * True for most events. An event before the start of the latest session may also lie within the gap of the previous
     * one.
     */
    private boolean extendsLatest(long time, SessionRules rules) {
        return latest != null && latest.isOpen() && time >= latest.start() && latest.isLinkedTo(time, rules);
    }

    /** The deadline stays: the session is only due later. */
    private EventAdded extendLatest(long time, long clock) {
        Session session = latest.withEvent(time, clock);
        return new EventAdded(
                new Timeline(earlier, session, deadline, fastPath), session, EventAdded.Outcome.EXTENDED, List.of());
    }

    private EventAdded addGeneral(long time, long clock, SessionRules rules, LongFunction<SessionId> newId) {
        List<Conclusion> conclusions = new ArrayList<>(0);
        List<Session> before = concludedAndRetained(clock, rules, conclusions);
        int at = firstCandidate(before, time, rules);
        boolean joins = at < before.size() && before.get(at).isLinkedTo(time, rules);
        while (!joins && before.size() >= rules.maxSessions()) {
            before = evictFirstDue(before, conclusions);
            at = firstCandidate(before, time, rules);
        }
        List<Session> after = new ArrayList<>(before.size() + 1);
        after.addAll(before.subList(0, at));
        EventAdded.Outcome outcome = joins ? joinedOutcome(before.get(at)) : EventAdded.Outcome.OPENED;
        Session session =
                joins ? before.get(at++).withEvent(time, clock) : Session.opened(newId.apply(time), time, clock);
        for (; at < before.size() && before.get(at).isLinkedTo(time, rules); at++) {
            conclusions.add(Conclusion.merged(before.get(at), session));
            session = session.mergedWith(before.get(at));
        }
        after.add(session);
        after.addAll(before.subList(at, before.size()));
        return new EventAdded(withDeadline(after, clock, rules), session, outcome, conclusions);
    }

    private static EventAdded.Outcome joinedOutcome(Session joined) {
        return joined.isOpen() ? EventAdded.Outcome.EXTENDED : EventAdded.Outcome.AMENDED;
    }

    /**
     * Advances to {@code clock}: concludes sessions that are due and forgets those whose retention has expired.
     *
     * @param clock the partition's clock in epoch ms
     */
    public TimelineChange advance(long clock, SessionRules rules) {
        List<Conclusion> conclusions = new ArrayList<>(0);
        List<Session> after = concludedAndRetained(clock, rules, conclusions);
        return new TimelineChange(this, withDeadline(after, clock, rules), conclusions);
    }

    private List<Session> concludedAndRetained(long clock, SessionRules rules, List<Conclusion> conclusions) {
        if (fastPath.applies(clock, rules)) {
            return sessions();
        }
        List<Session> after = new ArrayList<>(size());
        for (Session session : sessions()) {
            Session now = session;
            if (session.isOpen() && clock > session.concludesAfter(rules)) {
                Conclusion conclusion = Conclusion.of(session);
                conclusions.add(conclusion);
                now = conclusion.session();
            }
            if (now.isOpen() || clock <= now.forgottenAfter(rules)) {
                after.add(now);
            }
        }
        return after;
    }

    private static int firstCandidate(List<Session> sessions, long time, SessionRules rules) {
        int at = 0;
        while (at < sessions.size() && sessions.get(at).end() + rules.gapMs() < time) {
            at++;
        }
        return at;
    }

    private static List<Session> evictFirstDue(List<Session> sessions, List<Conclusion> conclusions) {
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

    private Timeline withDeadline(List<Session> after, long clock, SessionRules rules) {
        long firstDue = NO_DEADLINE;
        long firstForgotten = NO_DEADLINE;
        // sessions that were stored under a smaller gap may lie within the current one
        boolean isApart = true;
        long lastEnd = Long.MIN_VALUE;
        for (Session session : after) {
            isApart &= session.start() - rules.gapMs() > lastEnd;
            lastEnd = session.end();
            if (session.isOpen()) {
                firstDue = Math.min(firstDue, session.concludesAfter(rules));
            } else {
                firstForgotten = Math.min(firstForgotten, session.forgottenAfter(rules));
            }
        }
        boolean isStillValid = firstDue != NO_DEADLINE && deadline >= clock && deadline <= firstDue;
        long next = isStillValid ? deadline : firstDue;
        return of(after, next, isApart ? new FastPath(rules, Math.min(next, firstForgotten)) : FastPath.NONE);
    }
}
