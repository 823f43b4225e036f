package io.sessionizer.session;

import static io.sessionizer.session.SessionExamples.DAY;
import static io.sessionizer.session.SessionExamples.MINUTE;
import static io.sessionizer.session.SessionExamples.at;
import static io.sessionizer.session.SessionExamples.open;
import static io.sessionizer.session.SessionExamples.published;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.session.history.History;
import io.sessionizer.session.history.HistoryStep;
import io.sessionizer.session.history.RandomHistories;
import io.sessionizer.session.history.RandomTrials;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The profile is the session with the latest activity, emitted when it is another one or in another state. */
class TimelineChangeTest {
    private static final int HISTORIES = Integer.getInteger("histories", 120_000) / 4;
    private static final SessionRules RULES = new SessionRules(20 * MINUTE, DAY, 1000);

    private final List<Session> profiles = new ArrayList<>();
    private SessionRules rules = RULES;
    private Timeline timeline = Timeline.EMPTY;
    private final ClockSteps clock = ClockSteps.at(ClockRules.NONE);

    @Test
    void isEmittedWhenASessionOpensAndConcludes_notForEachEvent() {
        event("11:00");
        event("11:01");
        event("10:59");
        assertEmitted(open("11:00", "11:00", "11:00", 1, "11:00", 0));
        clock("11:30");
        assertEmitted(concluded("11:00", "10:59", "11:01", 3, "11:30", 1));
    }

    @Test
    void isEmittedWhenItsSessionIsAmended_onceUntilItConcludesAgain() {
        event("11:00");
        clock("11:21");
        profiles.clear();
        event("11:01");
        event("11:02");
        assertEmitted(
                SessionExamples.after(published("11:00", "11:00", 1), open("11:00", "11:00", "11:01", 2, "11:21", 1)));
        clock("12:00");
        assertEmitted(concluded("11:00", "11:00", "11:02", 3, "12:00", 2));
    }

    @Test
    void staysAsItIs_whateverHappensToAnEarlierSession() {
        event("11:00");
        profiles.clear();
        event("08:00");
        event("09:00");
        event("08:41");
        event("08:20");
        event("11:15");
        clock("11:21");
        assertEmitted();
    }

    @Test
    void becomesTheSessionThatItsOwnIsMergedInto() {
        clock("11:00");
        event("10:30");
        event("11:00");
        profiles.clear();
        event("10:45");
        assertEmitted(open("10:30", "10:30", "11:00", 3, "11:00", 0));
    }

    @Test
    void isConcluded_whenTheSessionIsForgottenImmediately() {
        rules = new SessionRules(20 * MINUTE, 0, 10);
        event("11:00");
        profiles.clear();
        clockWithoutTick(at("11:30"));
        clock("12:00");
        assertTrue(timeline.isEmpty());
        assertEmitted(concluded("11:00", "11:00", "11:00", 1, "11:30", 1));
    }

    @Test
    void staysAsItIs_whenItsSessionIsForgotten() {
        event("11:00");
        clock("11:21");
        profiles.clear();
        clockAt(clock.now() + 2 * DAY);
        assertTrue(timeline.isEmpty());
        assertEmitted();
    }

    /** Whether a scan has removed what is forgotten must make no difference. */
    @Test
    void becomesAnEarlierSession_onceTheFormerIsForgotten() {
        event("11:00");
        clock("11:21");
        profiles.clear();
        clockWithoutTick(clock.now() + 2 * DAY);
        event("10:00");
        assertEquals(1, profiles.size());
        assertEquals(at("10:00"), profiles.get(0).openedAt());
    }

    /** A reader of the profiles knows the session of the latest end at every time, if not each of its open events. */
    @Test
    void replayedInOrder_isTheLatestSessionAndItsState() {
        RandomTrials.forAll(HISTORIES, RandomHistories::remembered, TimelineChangeTest::replay);
    }

    private static void replay(History history) {
        Timeline timeline = Timeline.EMPTY;
        Optional<Session> profile = Optional.empty();
        for (HistoryStep step : history.steps()) {
            TimelineChange change;
            if (step.isEvent()) {
                EventAdded added =
                        timeline.add(step.time(), ClockSteps.at(step.clock()), history.rules(), SampleIds::of);
                change = added.change();
                assertTrue(
                        added.changesSessions() || change.profile().isEmpty(), () -> step + ": is an ordinary event");
            } else {
                change = timeline.advance(ClockSteps.at(step.clock()), history.rules());
            }
            profile = change.profile().or(keep(profile));
            timeline = change.after();
            assertEquals(timeline.latest().map(TimelineChangeTest::state), profile.map(TimelineChangeTest::state));
        }
        TimelineChange end = timeline.advance(ClockSteps.at(history.allDue()), history.rules());
        profile = end.profile().or(keep(profile));
        assertEquals(end.after().latest(), profile, "once all have concluded, all of the session");
    }

    private static Supplier<Optional<Session>> keep(Optional<Session> profile) {
        return () -> profile;
    }

    private static String state(Session session) {
        return session.openedAt() + "/" + session.revision() + "/" + session.isOpen();
    }

    private void event(String time) {
        clockWithoutTick(Math.max(clock.now(), at(time)));
        EventAdded added = timeline.add(at(time), clock, rules, SampleIds::of);
        apply(added.change());
    }

    private void clock(String time) {
        clockAt(at(time));
    }

    private void clockAt(long to) {
        clockWithoutTick(to);
        apply(timeline.advance(clock, rules));
    }

    private void clockWithoutTick(long to) {
        if (to > clock.now()) {
            clock.advance(to);
        }
    }

    private void apply(TimelineChange change) {
        change.profile().ifPresent(profiles::add);
        timeline = change.after();
    }

    private void assertEmitted(Session... expected) {
        assertEquals(List.of(expected), profiles);
        profiles.clear();
    }

    private static Session concluded(
            String openedAt, String start, String end, long events, String lastArrival, int revision) {
        return SessionExamples.concluded(openedAt, start, end, events, lastArrival, revision)
                .session();
    }
}
