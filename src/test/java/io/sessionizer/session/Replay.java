package io.sessionizer.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.session.BruteForce.Told;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Plays a history to a {@link Timeline} and to {@link BruteForce}, and compares them after every step. */
final class Replay {
    private final History history;
    private final Rules rules;
    private final BruteForce expected;
    private final List<Told> told = new ArrayList<>();
    private Timeline timeline = Timeline.EMPTY;

    private Replay(History history) {
        this.history = history;
        this.rules = history.rules();
        this.expected = new BruteForce(rules);
    }

    /** The history played to its end, and then on to where everything is due. */
    static Replay of(History history) {
        Replay replay = new Replay(history);
        for (Step step : history.steps()) {
            replay.play(step);
        }
        replay.play(new Step(Step.TICK, history.allDue()));
        return replay;
    }

    /** All that was told, in order. */
    List<Told> told() {
        return told;
    }

    Timeline timeline() {
        return timeline;
    }

    private void play(Step step) {
        boolean alarmHasPassed = step.clock() > timeline.alarm();
        assertTrue(
                alarmHasPassed
                        || timeline.advance(step.clock(), rules).conclusions().isEmpty(),
                () -> step + ": nothing concludes before the alarm. Found: alarm " + timeline.alarm());
        if (history.atAlarms()) {
            boolean looks = alarmHasPassed;
            compare(step, looks ? advance(step.clock()) : List.of(), expected.tick(step.clock()), looks);
        } else if (!step.isEvent()) {
            compare(step, advance(step.clock()), expected.tick(step.clock()), true);
        }
        if (step.isEvent()) {
            Added added = timeline.add(step.time(), step.clock(), rules);
            timeline = added.timeline();
            assertTrue(timeline.sessions().contains(added.session()), () -> step + ": has a remembered session");
            assertTrue(added.session().isOpen(), () -> step + ": has an open session");
            assertTrue(
                    added.session().start() <= step.time()
                            && step.time() <= added.session().end(),
                    () -> step + ": lies in its session. Found: " + added.session());
            compare(step, seen(added.conclusions()), expected.event(step.time(), step.clock()), true);
        }
        checkInvariants(step);
    }

    private List<Told> advance(long clock) {
        Advanced advanced = timeline.advance(clock, rules);
        timeline = advanced.timeline();
        return seen(advanced.conclusions());
    }

    private void compare(Step step, List<Told> found, List<Told> wanted, boolean looked) {
        assertEquals(wanted, found, () -> step + ": concludes");
        told.addAll(found);
        if (looked) {
            assertEquals(
                    expected.remembered(),
                    timeline.sessions().stream()
                            .map(session -> new Told(
                                    session.openedAt(),
                                    session.revision(),
                                    session.start(),
                                    session.end(),
                                    session.events(),
                                    OptionalLong.empty()))
                            .toList(),
                    () -> step + ": remembers");
        }
    }

    private void checkInvariants(Step step) {
        List<Session> sessions = timeline.sessions();
        for (int i = 1; i < sessions.size(); i++) {
            long between = sessions.get(i).start() - sessions.get(i - 1).end();
            assertTrue(
                    between > rules.gapMs(), () -> step + ": sessions lie more than the gap apart. Found: " + between);
        }
        assertTrue(sessions.size() <= rules.maxSessions(), () -> step + ": at most the cap. Found: " + sessions.size());
        assertTrue(
                timeline.alarm() <= expected.firstDue(),
                () -> step + ": the alarm is not later than the first due. Found: " + timeline.alarm());
        assertEquals(
                timeline.openSessions() == 0,
                timeline.alarm() == Timeline.NO_ALARM,
                () -> step + ": alarm while any is open");
        assertTrue(
                timeline.alarm() >= step.clock(),
                () -> step + ": the alarm stands ahead of the clock. Found: " + timeline.alarm());
    }

    private static List<Told> seen(List<Conclusion> conclusions) {
        return conclusions.stream()
                .map(conclusion -> new Told(
                        conclusion.session().openedAt(),
                        conclusion.session().revision(),
                        conclusion.session().start(),
                        conclusion.session().end(),
                        conclusion.events(),
                        conclusion.mergedInto()))
                .toList();
    }
}
