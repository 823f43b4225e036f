package io.sessionizer.session;

import static io.sessionizer.session.SessionExamples.after;
import static io.sessionizer.session.SessionExamples.at;
import static io.sessionizer.session.SessionExamples.concluded;
import static io.sessionizer.session.SessionExamples.open;
import static io.sessionizer.session.SessionExamples.published;
import static io.sessionizer.session.TimelineScenario.RULES;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Concluding, revisions, deadlines and outcomes by an example each (specification, sections 2 and 3). */
class TimelineTest {
    private final TimelineScenario user = new TimelineScenario();

    @Test
    void concludesTheWorkedExampleJustAfterHalfPastEleven() {
        user.event("11:00");
        user.event("11:10");
        user.clock("11:30:00.000");
        assertEquals(List.of(), user.conclusions());
        user.clock("11:30:00.001");
        assertEquals(List.of(concluded("11:00", "11:00", "11:10", 2, "11:30:00.001", 1)), user.conclusions());
        assertEquals(600, user.conclusions().get(0).lengthSeconds());
    }

    @Test
    void acceptsAnEventAtExactlyTheDeadline() {
        user.event("11:00");
        user.event("11:10");
        user.event("11:30");
        assertEquals(List.of(), user.conclusions());
        user.assertRemembers(open("11:00", "11:00", "11:30", 3, "11:30", 0));
    }

    @Test
    void concludesWhatIsDueBeforeTheEventThatMovesTheClock() {
        user.event("11:00");
        user.event("11:20:00.001");
        assertEquals(List.of(concluded("11:00", "11:00", "11:00", 1, "11:20:00.001", 1)), user.conclusions());
    }

    @Test
    void keepsItsIdWhenAnEarlierEventExtendsIt() {
        user.event("11:10");
        user.event("11:00");
        user.assertRemembers(open("11:10", "11:00", "11:10", 2, "11:10", 0));
    }

    @Test
    void countsDuplicatesAndEqualTimesAsEvents() {
        user.event("11:00");
        user.event("11:00");
        user.event("11:00");
        user.assertRemembers(open("11:00", "11:00", "11:00", 3, "11:00", 0));
    }

    @Test
    void concludesAgainWithTheNextRevision_whenALateEventJoinsAConcludedSession() {
        user.event("11:00");
        user.clock("12:00");
        user.event("11:05");
        Published before = published("11:00", "11:00", 1);
        user.assertRemembers(after(before, open("11:00", "11:00", "11:05", 2, "12:00", 1)));
        user.clock("12:20");
        assertEquals(1, user.conclusions().size());
        user.clock("12:20:00.001");
        assertEquals(
                after(before, concluded("11:00", "11:00", "11:05", 2, "12:20:00.001", 2)),
                user.conclusions().get(1));
    }

    @Test
    void concludesAnUploadAGapAfterItsArrival_withTheTimesOfTheActivity() {
        user.clock("18:00");
        user.event("11:00");
        user.event("11:10");
        user.clock("18:20");
        assertEquals(List.of(), user.conclusions());
        user.clock("18:20:00.001");
        assertEquals(List.of(concluded("11:00", "11:00", "11:10", 2, "18:20:00.001", 1)), user.conclusions());
    }

    @Test
    void concludesAGapAfterTheEvent_whenTheEventIsAheadOfTheClock() {
        user.clock("11:00");
        user.eventAheadOfTheClock("11:04");
        user.clock("11:24");
        assertEquals(List.of(), user.conclusions());
        user.clock("11:24:00.001");
        assertEquals(List.of(concluded("11:04", "11:04", "11:04", 1, "11:24:00.001", 1)), user.conclusions());
    }

    /** What is due at different steps may be written by one batch. */
    @Test
    void concludesAtTheStepThatMadeItDue_theEarliestFirst() {
        user.clock("12:00");
        user.event("11:40");
        user.clockWithoutTick(at("12:01"));
        user.eventAheadOfTheClock("11:00");
        user.clockWithoutTick(at("12:20"));
        user.clockWithoutTick(at("12:20:30"));
        user.clockWithoutTick(at("12:30"));
        user.clock("14:00");
        assertEquals(
                List.of(
                        concluded("11:40", "11:40", "11:40", 1, "12:20:30", 1),
                        concluded("11:00", "11:00", "11:00", 1, "12:30", 1)),
                user.conclusions());
    }

    /** From 11:00:00.900 to 11:00:02.100 is 1.2 s, though the whole seconds differ by 2. */
    @Test
    void roundsTheLengthDown_notStartAndEnd() {
        Session session = open("11:00:00.900", "11:00:00.900", "11:00:02.100", 2, "11:00:02.100", 0);
        assertEquals(1, session.lengthSeconds());
        assertEquals(2, session.end() / 1000 - session.start() / 1000);
    }

    @Test
    void keepsTheDeadline_whenAnEventExtendsASession() {
        user.event("11:00");
        long deadline = user.timeline().deadline();
        user.event("11:10");
        assertEquals(deadline, user.timeline().deadline());
        user.clock("11:20:00.001");
        assertEquals(List.of(), user.conclusions());
        assertEquals(at("11:30"), user.timeline().deadline());
    }

    @Test
    void hasNoDeadlineOnceAllSessionsHaveConcluded_andOneAgainWhenASessionReopens() {
        user.event("11:00");
        user.clock("12:00");
        assertEquals(Timeline.NO_DEADLINE, user.timeline().deadline());
        user.event("11:01");
        assertEquals(at("12:20"), user.timeline().deadline());
    }

    @Test
    void reportsTheOutcomeOfEachEvent() {
        assertEquals(EventAdded.Outcome.OPENED, user.added("11:00").outcome());
        assertEquals(EventAdded.Outcome.EXTENDED, user.added("11:05").outcome());
        assertFalse(user.added("11:10").changesSessions());
        assertEquals(EventAdded.Outcome.OPENED, user.added("10:00").outcome());
        user.clock("12:00");
        assertEquals(EventAdded.Outcome.AMENDED, user.added("10:10").outcome());
        assertEquals(EventAdded.Outcome.EXTENDED, user.added("10:20").outcome());
        EventAdded bridge = user.added("10:40");
        assertEquals(EventAdded.Outcome.EXTENDED, bridge.outcome());
        assertTrue(bridge.changesSessions(), "it merges two sessions");
    }

    @Test
    void knowsWhenTheLastOfItsOpenSessionsIsDue() {
        assertEquals(OptionalLong.empty(), user.timeline().activeUntil(RULES));
        user.event("11:00");
        user.event("11:10");
        user.event("10:00");
        assertEquals(OptionalLong.of(at("11:30")), user.timeline().activeUntil(RULES));
        user.clock("11:31");
        assertEquals(OptionalLong.empty(), user.timeline().activeUntil(RULES));
        user.event("10:10");
        assertEquals(OptionalLong.of(at("11:51")), user.timeline().activeUntil(RULES));
    }

    @Test
    void countsItsOpenSessions_andKnowsTheOneWithTheLatestActivity() {
        assertEquals(Optional.empty(), user.timeline().latest());
        user.event("11:00");
        user.event("10:00");
        assertEquals(2, user.timeline().openSessions());
        user.clock("12:00");
        assertEquals(0, user.timeline().openSessions());
        user.event("10:10");
        assertEquals(1, user.timeline().openSessions());
        assertEquals(Optional.of(at("11:00")), user.timeline().latest().map(Session::end));
    }

    @Test
    void isImmutable() {
        user.event("11:00");
        Timeline before = user.timeline();
        List<Session> sessions = List.copyOf(before.sessions());
        user.event("11:01");
        user.clock("15:00");
        assertEquals(sessions, before.sessions());
        assertTrue(before.sessions().get(0).isOpen());
    }
}
