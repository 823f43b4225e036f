package io.sessionizer.session;

import static io.sessionizer.session.SessionExamples.DAY;
import static io.sessionizer.session.SessionExamples.MINUTE;
import static io.sessionizer.session.SessionExamples.after;
import static io.sessionizer.session.SessionExamples.at;
import static io.sessionizer.session.SessionExamples.concluded;
import static io.sessionizer.session.SessionExamples.merged;
import static io.sessionizer.session.SessionExamples.open;
import static io.sessionizer.session.SessionExamples.published;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Each rule of contract sections 2 and 3 by an example: a gap of 20 minutes, remembered for 24 hours. */
class TimelineTest {
    private static final long GAP = 20 * MINUTE;
    private static final SessionRules RULES = new SessionRules(GAP, DAY, 1000);

    private final List<Conclusion> conclusions = new ArrayList<>();
    private SessionRules rules = RULES;
    private Timeline timeline = Timeline.EMPTY;
    private long clock = ClockRules.NONE;

    @Test
    void concludesTheWorkedExampleJustAfterHalfPastEleven() {
        event("11:00");
        event("11:10");
        clock("11:30:00.000");
        assertEquals(List.of(), conclusions);
        clock("11:30:00.001");
        assertEquals(List.of(concluded("11:00", "11:00", "11:10", 2, "11:10", 1)), conclusions);
        assertEquals(600, conclusions.get(0).lengthSeconds());
    }

    @Test
    void acceptsAnEventAtExactlyTheDeadline() {
        event("11:00");
        event("11:10");
        event("11:30");
        assertEquals(List.of(), conclusions);
        assertRemembers(open("11:00", "11:00", "11:30", 3, "11:30", 0));
    }

    @Test
    void joinsJustUnderTheGap() {
        event("11:00");
        event("11:19:59.999");
        assertRemembers(open("11:00", "11:00", "11:19:59.999", 2, "11:19:59.999", 0));
    }

    @Test
    void joinsAtExactlyTheGap_onEitherSide() {
        clock("14:00");
        event("11:00");
        event("11:20");
        event("10:40");
        assertRemembers(open("11:00", "10:40", "11:20", 3, "14:00", 0));
    }

    @Test
    void opensAnotherJustOverTheGap_onEitherSide() {
        clock("14:00");
        event("11:00");
        event("11:20:00.001");
        event("10:39:59.999");
        assertRemembers(
                open("10:39:59.999", "10:39:59.999", "10:39:59.999", 1, "14:00", 0),
                open("11:00", "11:00", "11:00", 1, "14:00", 0),
                open("11:20:00.001", "11:20:00.001", "11:20:00.001", 1, "14:00", 0));
    }

    @Test
    void concludesWhatIsDueBeforeTheEventThatMovesTheClock() {
        event("11:00");
        event("11:20:00.001");
        assertEquals(List.of(concluded("11:00", "11:00", "11:00", 1, "11:00", 1)), conclusions);
    }

    @Test
    void keepsItsIdWhenAnEarlierEventExtendsIt() {
        event("11:10");
        event("11:00");
        assertRemembers(open("11:10", "11:00", "11:10", 2, "11:10", 0));
    }

    @Test
    void countsDuplicatesAndEqualTimesAsEvents() {
        event("11:00");
        event("11:00");
        event("11:00");
        assertRemembers(open("11:00", "11:00", "11:00", 3, "11:00", 0));
    }

    @Test
    void leavesTheSessionThatStartedEarlierItsIdAndRevisions_whenAnEventBridgesTwo() {
        event("11:00");
        event("11:40");
        clock("12:00:00.001");
        conclusions.clear();
        Session bridged = event("11:20");
        Conclusion voided = merged("11:40", "11:40", "11:40", 1, "11:40", 2, "11:00");
        assertEquals(List.of(after(published("11:40", "11:40", 1), voided)), conclusions);
        assertEquals(0, conclusions.get(0).events());
        assertEquals(0, conclusions.get(0).lengthSeconds());
        assertEquals(Published.NONE, conclusions.get(0).publishes());
        Published before = published("11:00", "11:00", 1);
        assertEquals(after(before, open("11:00", "11:00", "11:40", 3, "12:00:00.001", 1)), bridged);
        assertRemembers(bridged);
        clock("12:20:00.002");
        assertEquals(after(before, concluded("11:00", "11:00", "11:40", 3, "12:00:00.001", 2)), conclusions.get(1));
        assertEquals(published("11:00", "11:40", 3), conclusions.get(1).publishes());
    }

    @Test
    void namesTheSurvivorImmediately_whenTheMergedSessionNeverConcluded() {
        clock("14:00");
        event("11:40");
        event("11:00");
        Session bridged = event("11:20");
        assertEquals(List.of(merged("11:40", "11:40", "11:40", 1, "14:00", 1, "11:00")), conclusions);
        assertEquals(open("11:00", "11:00", "11:40", 3, "14:00", 0), bridged);
    }

    @Test
    void mergesOverSeveralBridgesInARow() {
        clock("14:00");
        List.of("11:00", "11:30", "12:00", "12:30").forEach(this::event);
        event("12:15");
        event("11:15");
        event("11:45");
        assertEquals(
                List.of(
                        merged("12:30", "12:30", "12:30", 1, "14:00", 1, "12:00"),
                        merged("11:30", "11:30", "11:30", 1, "14:00", 1, "11:00"),
                        merged("12:00", "12:00", "12:30", 3, "14:00", 1, "11:00")),
                conclusions);
        assertRemembers(open("11:00", "11:00", "12:30", 7, "14:00", 0));
    }

    @Test
    void concludesAgainWithTheNextRevision_whenALateEventJoinsAConcludedSession() {
        event("11:00");
        clock("12:00");
        event("11:05");
        Published before = published("11:00", "11:00", 1);
        assertRemembers(after(before, open("11:00", "11:00", "11:05", 2, "12:00", 1)));
        clock("12:20");
        assertEquals(1, conclusions.size());
        clock("12:20:00.001");
        assertEquals(after(before, concluded("11:00", "11:00", "11:05", 2, "12:00", 2)), conclusions.get(1));
    }

    @Test
    void concludesAnUploadAGapAfterItsArrival_withTheTimesOfTheActivity() {
        clock("18:00");
        event("11:00");
        event("11:10");
        clock("18:20");
        assertEquals(List.of(), conclusions);
        clock("18:20:00.001");
        assertEquals(List.of(concluded("11:00", "11:00", "11:10", 2, "18:00", 1)), conclusions);
    }

    @Test
    void concludesAGapAfterTheEvent_whenTheEventIsAheadOfTheClock() {
        clock("11:00");
        timeline = timeline.add(at("11:04"), clock, rules).timeline();
        clock("11:24");
        assertEquals(List.of(), conclusions);
        clock("11:24:00.001");
        assertEquals(List.of(concluded("11:04", "11:04", "11:04", 1, "11:04", 1)), conclusions);
    }

    @Test
    void remembersUntilTheRetentionIsOver_andForgetsJustAfter() {
        event("11:00");
        clock("11:20:00.001");
        clockAt(at("11:20") + DAY);
        assertRemembers(concluded("11:00", "11:00", "11:00", 1, "11:00", 1).session());
        assertFalse(timeline.isForgotten(at("11:20") + DAY, rules));
        assertTrue(timeline.isForgotten(at("11:20") + DAY + 1, rules));
        clockAt(at("11:20") + DAY + 1);
        assertSame(Timeline.EMPTY, timeline);
    }

    @Test
    void amendsAtTheLastMomentOfTheRetention() {
        event("11:00");
        clockAt(at("11:20") + DAY);
        assertEquals(1, event("11:01").revision());
    }

    @Test
    void opensAnother_whenAnEventComesAfterItsSessionIsForgotten() {
        event("11:00");
        clockAt(at("11:20") + DAY + 1);
        Session second = event("11:01");
        assertEquals(at("11:01"), second.openedAt());
        assertEquals(0, second.revision());
        assertRemembers(second);
    }

    @Test
    void forgetsBeforeItJoins_evenWithoutATickInBetween() {
        event("11:00");
        clock = at("11:20") + DAY + 1;
        Session second = event("11:01");
        assertEquals(List.of(concluded("11:00", "11:00", "11:00", 1, "11:00", 1)), conclusions);
        assertRemembers(second);
    }

    @Test
    void evictsTheSessionDueFirst_whenTheCapIsReached() {
        rules = new SessionRules(GAP, DAY, 2);
        clock("13:00");
        event("12:00");
        clock("13:01");
        event("11:00");
        event("10:00");
        assertEquals(List.of(concluded("12:00", "12:00", "12:00", 1, "13:00", 1)), conclusions);
        assertRemembers(open("10:00", "10:00", "10:00", 1, "13:01", 0), open("11:00", "11:00", "11:00", 1, "13:01", 0));
        event("11:10");
        assertEquals(1, conclusions.size(), "an event that joins needs no room");
    }

    @Test
    void evictsDownToTheCap_whenTheCapWasLowered() {
        clock("14:00");
        List.of("10:00", "11:00", "12:00", "13:00").forEach(this::event);
        rules = new SessionRules(GAP, DAY, 2);
        event("09:00");
        assertEquals(3, conclusions.size());
        assertEquals(2, timeline.sessions().size());
    }

    @Test
    void losesNoEvent_whenTheGapWasRaisedBetweenTwoSessions() {
        clock("14:00");
        event("11:00");
        event("11:25");
        rules = new SessionRules(2 * GAP, DAY, 1000);
        assertEquals(open("11:00", "11:00", "11:30", 3, "14:00", 0), event("11:30"));
    }

    /** 11:00 and 11:25 were two sessions under the former gap, and nothing has come between them yet. */
    @Test
    void mergesWhatTheRaisedGapLinks_howeverManyEventsHaveExtendedTheLater() {
        clock("14:00");
        event("11:00");
        event("11:25");
        rules = new SessionRules(GAP + GAP / 2, DAY, 1000);
        event("11:50");
        assertEquals(2, timeline.size());
        assertEquals(open("11:00", "11:00", "11:50", 4, "14:00", 0), event("11:27"));
    }

    @Test
    void keepsTheDeadline_whenAnEventExtendsASession() {
        event("11:00");
        long deadline = timeline.deadline();
        event("11:10");
        assertEquals(deadline, timeline.deadline());
        clock("11:20:00.001");
        assertEquals(List.of(), conclusions);
        assertEquals(at("11:30"), timeline.deadline());
    }

    @Test
    void isNotForgotten_whileAnySessionIsOpenOrWithinRetention() {
        event("11:00");
        event("12:00");
        assertFalse(timeline.isForgotten(at("12:20") + DAY + 1, rules), "nobody has concluded them");
        clock("12:30");
        assertFalse(timeline.isForgotten(at("12:20") + DAY, rules));
        assertTrue(timeline.isForgotten(at("12:20") + DAY + 1, rules));
        assertTrue(Timeline.EMPTY.isForgotten(0, rules));
    }

    @Test
    void hasNoDeadlineOnceAllSessionsHaveConcluded_andOneAgainWhenASessionReopens() {
        event("11:00");
        clock("12:00");
        assertEquals(Timeline.NO_DEADLINE, timeline.deadline());
        event("11:01");
        assertEquals(at("12:20"), timeline.deadline());
    }

    @Test
    void reportsTheOutcomeOfEachEvent() {
        assertEquals(EventAdded.Outcome.OPENED, added("11:00").outcome());
        assertEquals(EventAdded.Outcome.EXTENDED, added("11:05").outcome());
        assertFalse(added("11:10").changesSessions());
        assertEquals(EventAdded.Outcome.OPENED, added("10:00").outcome());
        clock("12:00");
        assertEquals(EventAdded.Outcome.AMENDED, added("10:10").outcome());
        assertEquals(EventAdded.Outcome.EXTENDED, added("10:20").outcome());
        EventAdded bridge = added("10:40");
        assertEquals(EventAdded.Outcome.EXTENDED, bridge.outcome());
        assertTrue(bridge.changesSessions(), "it merges two sessions");
    }

    @Test
    void knowsWhenTheLastOfItsOpenSessionsIsDue() {
        assertEquals(OptionalLong.empty(), timeline.activeUntil(RULES));
        event("11:00");
        event("11:10");
        event("10:00");
        assertEquals(OptionalLong.of(at("11:30")), timeline.activeUntil(RULES));
        clock("11:31");
        assertEquals(OptionalLong.empty(), timeline.activeUntil(RULES));
        event("10:10");
        assertEquals(OptionalLong.of(at("11:51")), timeline.activeUntil(RULES));
    }

    @Test
    void countsItsOpenSessions_andKnowsTheOneWithTheLatestActivity() {
        assertEquals(Optional.empty(), timeline.latest());
        event("11:00");
        event("10:00");
        assertEquals(2, timeline.openSessions());
        clock("12:00");
        assertEquals(0, timeline.openSessions());
        event("10:10");
        assertEquals(1, timeline.openSessions());
        assertEquals(Optional.of(at("11:00")), timeline.latest().map(Session::end));
    }

    @Test
    void isImmutable() {
        event("11:00");
        Timeline before = timeline;
        List<Session> sessions = List.copyOf(before.sessions());
        event("11:01");
        clock("15:00");
        assertEquals(sessions, before.sessions());
        assertTrue(before.sessions().get(0).isOpen());
    }

    /** An event comes in; it moves the clock, unless the clock is past it. */
    private Session event(String time) {
        return added(time).session();
    }

    private EventAdded added(String time) {
        clock = Math.max(clock, at(time));
        EventAdded added = timeline.add(at(time), clock, rules);
        timeline = added.timeline();
        conclusions.addAll(added.conclusions());
        return added;
    }

    private void clock(String time) {
        clockAt(at(time));
    }

    private void clockAt(long time) {
        clock = time;
        TimelineChange advanced = timeline.advance(clock, rules);
        timeline = advanced.after();
        conclusions.addAll(advanced.conclusions());
    }

    private void assertRemembers(Session... sessions) {
        assertEquals(List.of(sessions), timeline.sessions());
    }
}
