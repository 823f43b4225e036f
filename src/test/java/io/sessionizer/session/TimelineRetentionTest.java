package io.sessionizer.session;

import static io.sessionizer.session.SessionExamples.DAY;
import static io.sessionizer.session.SessionExamples.at;
import static io.sessionizer.session.SessionExamples.concluded;
import static io.sessionizer.session.SessionExamples.open;
import static io.sessionizer.session.TimelineScenario.GAP;
import static io.sessionizer.session.TimelineScenario.RULES;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** How long sessions are remembered, and how many, by an example each (contract sections 2 and 3). */
class TimelineRetentionTest {
    private final TimelineScenario user = new TimelineScenario();

    @Test
    void remembersUntilTheRetentionIsOver_andForgetsJustAfter() {
        user.event("11:00");
        user.clock("11:20:00.001");
        user.clockAt(at("11:20") + DAY);
        user.assertRemembers(concluded("11:00", "11:00", "11:00", 1, "11:00", 1).session());
        assertFalse(user.timeline().isForgotten(at("11:20") + DAY, RULES));
        assertTrue(user.timeline().isForgotten(at("11:20") + DAY + 1, RULES));
        user.clockAt(at("11:20") + DAY + 1);
        assertSame(Timeline.EMPTY, user.timeline());
    }

    @Test
    void amendsAtTheLastMomentOfTheRetention() {
        user.event("11:00");
        user.clockAt(at("11:20") + DAY);
        assertEquals(1, user.event("11:01").revision());
    }

    @Test
    void opensAnother_whenAnEventComesAfterItsSessionIsForgotten() {
        user.event("11:00");
        user.clockAt(at("11:20") + DAY + 1);
        Session second = user.event("11:01");
        assertEquals(at("11:01"), second.openedAt());
        assertEquals(0, second.revision());
        user.assertRemembers(second);
    }

    @Test
    void forgetsBeforeItJoins_evenWithoutATickInBetween() {
        user.event("11:00");
        user.clockWithoutTick(at("11:20") + DAY + 1);
        Session second = user.event("11:01");
        assertEquals(List.of(concluded("11:00", "11:00", "11:00", 1, "11:00", 1)), user.conclusions());
        user.assertRemembers(second);
    }

    @Test
    void evictsTheSessionDueFirst_whenTheCapIsReached() {
        user.rules(new SessionRules(GAP, DAY, 2));
        user.clock("13:00");
        user.event("12:00");
        user.clock("13:01");
        user.event("11:00");
        user.event("10:00");
        assertEquals(List.of(concluded("12:00", "12:00", "12:00", 1, "13:00", 1)), user.conclusions());
        user.assertRemembers(
                open("10:00", "10:00", "10:00", 1, "13:01", 0), open("11:00", "11:00", "11:00", 1, "13:01", 0));
        user.event("11:10");
        assertEquals(1, user.conclusions().size(), "an event that joins needs no room");
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
        assertFalse(user.timeline().isForgotten(at("12:20") + DAY, RULES));
        assertTrue(user.timeline().isForgotten(at("12:20") + DAY + 1, RULES));
        assertTrue(Timeline.EMPTY.isForgotten(0, RULES));
    }
}
