package io.sessionizer.session.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.session.ClockRules;
import io.sessionizer.session.ClockSteps;
import io.sessionizer.session.Conclusion;
import io.sessionizer.session.EventAdded;
import io.sessionizer.session.EventOrigin;
import io.sessionizer.session.Session;
import io.sessionizer.session.SessionId;
import io.sessionizer.session.SessionIdForm;
import io.sessionizer.session.SessionRules;
import io.sessionizer.session.Timeline;
import io.sessionizer.session.TimelineChange;
import io.sessionizer.session.history.BruteForceTimeline.ExpectedRevision;
import io.sessionizer.session.history.HistoryStep.StepKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Plays a history to a {@link Timeline} and to {@link BruteForceTimeline}, and compares them wherever nothing is pending. */
public final class HistoryReplay {
    private static final byte[] USER = "user-42".getBytes(StandardCharsets.US_ASCII);

    private final boolean concludesAtOnce;
    private final SessionIdForm form;
    private final TableListener table;
    private final BruteForceTimeline expected;
    private final List<ExpectedRevision> expectedRevisions = new ArrayList<>();
    private final List<ExpectedRevision> revisions = new ArrayList<>();
    private final EventOrigin origin;
    private final Set<SessionId> gone = new HashSet<>();
    private Set<SessionId> alive = new HashSet<>();
    private ClockSteps clock = ClockSteps.at(ClockRules.NONE);
    private SessionRules rules;
    private boolean hadSmallerGap;
    private Timeline timeline = Timeline.EMPTY;
    private long offset;

    /** The changes of the sessions table, in order. */
    public interface TableListener {
        void concluded(byte[] user, Conclusion conclusion);

        /** @param remembered the user's sessions that were remembered until then */
        void erased(byte[] user, Timeline remembered);
    }

    private HistoryReplay(History history, SessionIdForm form, TableListener table) {
        this.concludesAtOnce = history.concludesAtOnce();
        this.form = form;
        this.table = table;
        this.origin = new EventOrigin(form);
        this.rules = history.rules();
        this.expected = new BruteForceTimeline(rules);
    }

    /** The history played to its end, and then on to where everything is due. */
    public static HistoryReplay of(History history) {
        return of(history, SessionIdForm.UUID, new TableListener() {
            @Override
            public void concluded(byte[] user, Conclusion conclusion) {}

            @Override
            public void erased(byte[] user, Timeline remembered) {}
        });
    }

    /** The same with ids of this form. */
    public static HistoryReplay of(History history, SessionIdForm form, TableListener table) {
        HistoryReplay replay = new HistoryReplay(history, form, table);
        for (HistoryStep step : history.steps()) {
            replay.play(step);
        }
        replay.play(HistoryStep.of(StepKind.DUE_WORK, history.allDue()));
        return replay;
    }

    /** All published revisions, in order. */
    public List<ExpectedRevision> revisions() {
        return revisions;
    }

    public Timeline timeline() {
        return timeline;
    }

    /** Whether an event came that would have joined a session that was forgotten or evicted. */
    public boolean hasMissedASession() {
        return expected.hasMissedASession();
    }

    /** All sessions that there have been, but those that were merged into others or erased: id, start, end, events. */
    public Set<List<Object>> sessions() {
        Set<List<Object>> sessions = new HashSet<>();
        expected.forgotten().forEach(each -> sessions.add(List.of(each.id(), each.start(), each.end(), each.events())));
        for (Session each : timeline.sessions()) {
            sessions.add(List.of(each.id(), each.start(), each.end(), each.events()));
        }
        return sessions;
    }

    private void play(HistoryStep step) {
        if (step.kind() == StepKind.SET_BACK) {
            setBack(step);
            return;
        }
        if (step.clock() > clock.now()) {
            clock.dropUpTo(Math.min(timeline.deadline(), clock.now()));
            clock.advance(step.clock());
            expectedRevisions.addAll(expected.clock(step.clock()));
        }
        switch (step.kind()) {
            case EVENT -> add(step);
            case CLOCK -> {
                if (concludesAtOnce) {
                    conclude(step);
                }
            }
            case DUE_WORK -> conclude(step);
            case ERASURE -> erase(step);
            case NEW_GAP -> restart(step);
            case SET_BACK -> throw new IllegalStateException();
        }
    }

    private void add(HistoryStep step) {
        if (concludesAtOnce) {
            conclude(step);
        }
        EventAdded added = timeline.add(step.time(), clock, rules, origin.set(USER, 0, offset));
        timeline = added.timeline();
        assertTrue(timeline.sessions().contains(added.session()), () -> step + ": has a remembered session");
        assertTrue(added.session().isOpen(), () -> step + ": has an open session");
        assertTrue(
                added.session().start() <= step.time()
                        && step.time() <= added.session().end(),
                () -> step + ": lies in its session. Found: " + added.session());
        expectedRevisions.addAll(expected.event(step.time(), step.clock(), new EventOrigin(form).set(USER, 0, offset)));
        offset++;
        keep(added.conclusions());
        compare(step);
    }

    private void conclude(HistoryStep step) {
        TimelineChange change = timeline.advance(clock, rules);
        assertTrue(
                clock.now() > timeline.deadline() || change.conclusions().isEmpty(),
                () -> step + ": nothing concludes before the deadline. Found: " + timeline.deadline());
        timeline = change.after();
        keep(change.conclusions());
        compare(step);
    }

    private void erase(HistoryStep step) {
        conclude(step);
        table.erased(USER, timeline);
        timeline = Timeline.EMPTY;
        expected.erase();
        offset++;
        compare(step);
    }

    private void restart(HistoryStep step) {
        conclude(step);
        hadSmallerGap |= step.value() > rules.gapMs();
        rules = new SessionRules(step.value(), rules.retentionMs(), rules.maxSessions());
        timeline = Timeline.of(timeline.sessions(), timeline.deadline()).withDeadlineUnder(rules);
        clock = ClockSteps.at(clock.now());
        expected.gap(step.value());
        expectedRevisions.addAll(expected.clock(clock.now()));
        conclude(step);
    }

    private void setBack(HistoryStep step) {
        conclude(step);
        if (step.clock() < clock.now()) {
            clock.setBack(step.clock());
            timeline = timeline.boundedBy(step.clock(), rules);
            expected.setBack(step.clock());
            compare(step);
        }
    }

    private void keep(List<Conclusion> conclusions) {
        for (Conclusion conclusion : conclusions) {
            table.concluded(USER, conclusion);
            Session session = conclusion.session();
            assertTrue(!gone.contains(session.id()), () -> "an id never comes back: " + session);
            revisions.add(new ExpectedRevision(
                    session.id(),
                    session.revision(),
                    session.start(),
                    session.end(),
                    conclusion.events(),
                    conclusion.mergedInto()));
        }
    }

    private void compare(HistoryStep step) {
        assertEquals(expectedRevisions, revisions, () -> step + ": has concluded");
        assertEquals(
                expected.remembered(),
                timeline.sessions().stream()
                        .map(session -> new ExpectedRevision(
                                session.id(),
                                session.revision(),
                                session.start(),
                                session.end(),
                                session.events(),
                                Optional.empty()))
                        .toList(),
                () -> step + ": remembers");
        checkInvariants(step);
        checkIds(step);
    }

    private void checkInvariants(HistoryStep step) {
        List<Session> sessions = timeline.sessions();
        for (int i = 1; i < sessions.size(); i++) {
            long between = sessions.get(i).start() - sessions.get(i - 1).end();
            assertTrue(
                    between > (hadSmallerGap ? 0 : rules.gapMs()),
                    () -> step + ": sessions lie more than the gap apart. Found: " + between);
        }
        assertTrue(sessions.size() <= rules.maxSessions(), () -> step + ": at most the cap. Found: " + sessions.size());
        assertTrue(
                timeline.deadline() <= expected.firstDue(),
                () -> step + ": the deadline is not later than the first due. Found: " + timeline.deadline());
        assertEquals(
                timeline.openSessions() == 0,
                timeline.deadline() == Timeline.NO_DEADLINE,
                () -> step + ": a deadline while any is open");
        assertTrue(
                timeline.deadline() >= clock.now(),
                () -> step + ": the deadline is not before the clock. Found: " + timeline.deadline());
    }

    /** Merged, forgotten, evicted and erased sessions. */
    private void checkIds(HistoryStep step) {
        Set<SessionId> now = new HashSet<>();
        timeline.sessions().forEach(session -> now.add(session.id()));
        alive.removeAll(now);
        gone.addAll(alive);
        alive = now;
        assertTrue(alive.stream().noneMatch(gone::contains), () -> step + ": an id never comes back. Found: " + now);
    }
}
