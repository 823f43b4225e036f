package io.sessionizer.session.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.session.Conclusion;
import io.sessionizer.session.EventAdded;
import io.sessionizer.session.SampleIds;
import io.sessionizer.session.Session;
import io.sessionizer.session.SessionId;
import io.sessionizer.session.SessionRules;
import io.sessionizer.session.Timeline;
import io.sessionizer.session.TimelineChange;
import io.sessionizer.session.history.BruteForceTimeline.ExpectedRevision;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Plays a history to a {@link Timeline} and to {@link BruteForceTimeline}, and compares them after every step. */
public final class HistoryReplay {
    private final History history;
    private final SessionRules rules;
    private final BruteForceTimeline expected;
    private final List<ExpectedRevision> revisions = new ArrayList<>();
    private Timeline timeline = Timeline.EMPTY;

    private HistoryReplay(History history) {
        this.history = history;
        this.rules = history.rules();
        this.expected = new BruteForceTimeline(rules);
    }

    /** The history played to its end, and then on to where everything is due. */
    public static HistoryReplay of(History history) {
        HistoryReplay replay = new HistoryReplay(history);
        for (HistoryStep step : history.steps()) {
            replay.play(step);
        }
        replay.play(new HistoryStep(HistoryStep.TICK, history.allDue()));
        return replay;
    }

    /** All published revisions, in order. */
    public List<ExpectedRevision> revisions() {
        return revisions;
    }

    public Timeline timeline() {
        return timeline;
    }

    private void play(HistoryStep step) {
        boolean deadlineHasPassed = step.clock() > timeline.deadline();
        assertTrue(
                deadlineHasPassed
                        || timeline.advance(step.clock(), rules).conclusions().isEmpty(),
                () -> step + ": nothing concludes before the alarm. Found: alarm " + timeline.deadline());
        if (history.advancesAtDeadlines()) {
            boolean advances = deadlineHasPassed;
            compare(step, advances ? advance(step.clock()) : List.of(), expected.tick(step.clock()), advances);
        } else if (!step.isEvent()) {
            compare(step, advance(step.clock()), expected.tick(step.clock()), true);
        }
        if (step.isEvent()) {
            EventAdded added = timeline.add(step.time(), step.clock(), rules, SampleIds::of);
            timeline = added.timeline();
            assertTrue(timeline.sessions().contains(added.session()), () -> step + ": has a remembered session");
            assertTrue(added.session().isOpen(), () -> step + ": has an open session");
            assertTrue(
                    added.session().start() <= step.time()
                            && step.time() <= added.session().end(),
                    () -> step + ": lies in its session. Found: " + added.session());
            compare(step, toRevisions(added.conclusions()), expected.event(step.time(), step.clock()), true);
        }
        checkInvariants(step);
    }

    private List<ExpectedRevision> advance(long clock) {
        TimelineChange advanced = timeline.advance(clock, rules);
        timeline = advanced.after();
        return toRevisions(advanced.conclusions());
    }

    private void compare(
            HistoryStep step,
            List<ExpectedRevision> actualRevisions,
            List<ExpectedRevision> expectedRevisions,
            boolean hasAdvanced) {
        assertEquals(expectedRevisions, actualRevisions, () -> step + ": concludes");
        revisions.addAll(actualRevisions);
        if (hasAdvanced) {
            assertEquals(
                    expected.remembered(),
                    timeline.sessions().stream()
                            .map(session -> new ExpectedRevision(
                                    session.openedAt(),
                                    session.revision(),
                                    session.start(),
                                    session.end(),
                                    session.events(),
                                    Optional.empty()))
                            .toList(),
                    () -> step + ": remembers");
        }
    }

    private void checkInvariants(HistoryStep step) {
        List<Session> sessions = timeline.sessions();
        for (int i = 1; i < sessions.size(); i++) {
            long between = sessions.get(i).start() - sessions.get(i - 1).end();
            assertTrue(
                    between > rules.gapMs(), () -> step + ": sessions lie more than the gap apart. Found: " + between);
        }
        assertTrue(sessions.size() <= rules.maxSessions(), () -> step + ": at most the cap. Found: " + sessions.size());
        assertTrue(
                timeline.deadline() <= expected.firstDue(),
                () -> step + ": the alarm is not later than the first due. Found: " + timeline.deadline());
        assertEquals(
                timeline.openSessions() == 0,
                timeline.deadline() == Timeline.NO_DEADLINE,
                () -> step + ": alarm while any is open");
        assertTrue(
                timeline.deadline() >= step.clock(),
                () -> step + ": the alarm stands ahead of the clock. Found: " + timeline.deadline());
    }

    private static List<ExpectedRevision> toRevisions(List<Conclusion> conclusions) {
        return conclusions.stream()
                .map(conclusion -> new ExpectedRevision(
                        conclusion.session().openedAt(),
                        conclusion.session().revision(),
                        conclusion.session().start(),
                        conclusion.session().end(),
                        conclusion.events(),
                        conclusion.mergedInto().map(SessionId::openedAt)))
                .toList();
    }
}
