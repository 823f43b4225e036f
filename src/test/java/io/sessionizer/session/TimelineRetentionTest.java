package io.sessionizer.session;

import static io.sessionizer.session.SessionExamples.DAY;
import static io.sessionizer.session.SessionExamples.at;
import static io.sessionizer.session.SessionExamples.concluded;
import static io.sessionizer.session.SessionExamples.open;
import static io.sessionizer.session.SessionExamples.published;
import static io.sessionizer.session.TimelineScenario.GAP;
import static io.sessionizer.session.TimelineScenario.RULES;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** How long sessions are remembered, and how many, by an example each (specification, sections 2 and 3). */
class TimelineRetentionTest {
    private final TimelineScenario user = new TimelineScenario();

    @Test
    void remembersUntilTheRetentionIsOver_andForgetsJustAfter() {
        user.event("11:00");
        user.clock("11:20:00.001");
        user.clockAt(at("11:20") + DAY);
        user.assertRemembers(
                concluded("11:00", "11:00", "11:00", 1, "11:20:00.001", 1).session());
        assertFalse(user.timeline().isForgotten(at("11:20") + DAY + 1, RULES));
        assertTrue(user.timeline().isForgotten(at("11:20") + DAY + 2, RULES));
        user.clockAt(at("11:20") + DAY + 2);
        assertSame(Timeline.EMPTY, user.timeline());
    }

    @Test
    void amendsAtTheLastMomentOfTheRetention() {
        user.event("11:00");
        user.clock("11:20:00.001");
        user.clockAt(at("11:20:00.001") + DAY);
        assertEquals(1, user.event("11:01").revision());
    }

    /** As when a history of years ago is loaded with a pause, or after a stop of days. */
    @Test
    void remembersFromTheConclusion_evenIfTheClockMovesOnByDaysAtOnce() {
        user.event("11:00");
        user.clockAt(at("11:00") + 3 * DAY);
        assertEquals(1, user.conclusions().size());
        assertEquals(1, user.event("11:10").revision());
        user.clockAt(at("11:00") + 6 * DAY);
        user.clockAt(at("11:00") + 7 * DAY);
        assertEquals(2, user.event("11:20").revision());
    }

    @Test
    void opensAnother_whenAnEventComesAfterItsSessionIsForgotten() {
        user.event("11:00");
        user.clock("11:20:00.001");
        user.clockAt(at("11:20:00.001") + DAY + 1);
        Session second = user.event("11:01");
        assertEquals(at("11:01"), second.openedAt());
        assertEquals(0, second.revision());
        user.assertRemembers(second);
    }

    /** A batch that comes late must not prolong the retention. */
    @Test
    void forgetsBeforeItJoins_evenWithoutATickInBetween() {
        user.event("11:00");
        user.clockWithoutTick(at("11:20:00.001"));
        user.clockWithoutTick(at("11:20:00.001") + DAY + 1);
        Session second = user.event("11:01");
        assertEquals(List.of(concluded("11:00", "11:00", "11:00", 1, "11:20:00.001", 1)), user.conclusions());
        user.assertRemembers(second);
    }

    @Test
    void remembersNothingThatIsForgotten_whetherOrNotItWasAdvanced() {
        user.event("11:00");
        user.clock("11:20:00.001");
        Timeline timeline = user.timeline();
        assertSame(timeline, timeline.remembered(at("11:20:00.001") + DAY, RULES));
        assertSame(Timeline.EMPTY, timeline.remembered(at("11:20:00.001") + DAY + 1, RULES));
        user.event("12:00");
        assertEquals(
                List.of(open("12:00", "12:00", "12:00", 1, "12:00", 0)),
                user.timeline().remembered(at("12:00") + 2 * DAY, RULES).sessions());
    }

    @Test
    void evictsTheSessionWhoseLastEventIsTheEarliest_whenTheCapIsReached() {
        user.rules(new SessionRules(GAP, DAY, 2));
        user.clock("13:00");
        user.event("12:00");
        user.clock("13:01");
        user.event("11:00");
        user.event("11:10");
        user.event("10:00");
        assertEquals(1, user.conclusions().size());
        assertEquals(at("11:00"), user.conclusions().get(0).session().openedAt());
        assertEquals(published("11:00", "11:10", 2), user.conclusions().get(0).publishes());
        user.assertRemembers(
                open("10:00", "10:00", "10:00", 1, "13:01", 0), open("12:00", "12:00", "12:00", 1, "13:00", 0));
        user.event("12:10");
        assertEquals(1, user.conclusions().size(), "an event that joins needs no room");
    }

    @Test
    void evictsAConcludedSessionWithoutAnotherRevision() {
        user.rules(new SessionRules(GAP, DAY, 1));
        user.event("11:00");
        user.clock("12:00");
        user.event("12:00");
        assertEquals(1, user.conclusions().size());
        user.assertRemembers(open("12:00", "12:00", "12:00", 1, "12:00", 0));
    }

    @Test
    void evictsDownToTheCap_whenTheCapWasLowered() {
        user.clock("14:00");
        List.of("10:00", "11:00", "12:00", "13:00").forEach(user::event);
        user.rules(new SessionRules(GAP, DAY, 2));
        user.event("09:00");
        assertEquals(3, user.conclusions().size());
        assertEquals(2, user.timeline().sessions().size());
    }

    @Test
    void isNotForgotten_whileAnySessionIsOpenOrWithinRetention() {
        user.event("11:00");
        user.event("12:00");
        assertFalse(user.timeline().isForgotten(at("12:20") + DAY + 1, RULES), "neither has concluded");
        user.clock("12:30");
        assertFalse(user.timeline().isForgotten(at("12:30") + DAY, RULES));
        assertTrue(user.timeline().isForgotten(at("12:30") + DAY + 1, RULES));
        assertTrue(Timeline.EMPTY.isForgotten(0, RULES));
    }

    /** The clock was a day ahead, and is set back to 11:30. */
    @Test
    void countsArrivalsAsOfTheClock_afterItWasSetBack() {
        user.clockAt(at("11:00") + DAY);
        user.event("11:00");
        Timeline bounded = user.timeline().boundedBy(at("11:30"), RULES);
        assertEquals(List.of(open("11:00", "11:00", "11:00", 1, "11:30", 0)), bounded.sessions());
        assertEquals(at("11:50"), bounded.deadline());
        assertSame(bounded, bounded.boundedBy(at("11:30"), RULES));
        assertSame(Timeline.EMPTY, Timeline.EMPTY.boundedBy(at("11:30"), RULES));
    }

    @Test
    void countsArrivalsAsOfTheLastEvent_whenThatIsLaterThanTheClockThatWasSetBack() {
        user.clockAt(at("11:00") + DAY);
        user.event("11:40");
        Timeline bounded = user.timeline().boundedBy(at("11:30"), RULES);
        assertEquals(List.of(open("11:40", "11:40", "11:40", 1, "11:40", 0)), bounded.sessions());
    }

    @Test
    void countsConclusionsAsOfTheClock_afterItWasSetBack() {
        user.event("10:00");
        user.clockAt(at("11:00") + DAY);
        Timeline bounded = user.timeline().boundedBy(at("11:30"), RULES);
        assertEquals(List.of(concluded("10:00", "10:00", "10:00", 1, "11:30", 1).session()), bounded.sessions());
        assertTrue(bounded.isForgotten(at("11:30") + DAY + 1, RULES));
    }
}
