package io.sessionizer.session;

import static io.sessionizer.session.SessionExamples.DAY;
import static io.sessionizer.session.SessionExamples.after;
import static io.sessionizer.session.SessionExamples.at;
import static io.sessionizer.session.SessionExamples.concluded;
import static io.sessionizer.session.SessionExamples.merged;
import static io.sessionizer.session.SessionExamples.open;
import static io.sessionizer.session.SessionExamples.published;
import static io.sessionizer.session.TimelineScenario.GAP;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Which events join, bridge and merge sessions, by an example each (specification, section 2). */
class TimelineMergeTest {
    private final TimelineScenario user = new TimelineScenario();

    @Test
    void joinsJustUnderTheGap() {
        user.event("11:00");
        user.event("11:19:59.999");
        user.assertRemembers(open("11:00", "11:00", "11:19:59.999", 2, "11:19:59.999", 0));
    }

    @Test
    void joinsAtExactlyTheGap_onEitherSide() {
        user.clock("14:00");
        user.event("11:00");
        user.event("11:20");
        user.event("10:40");
        user.assertRemembers(open("11:00", "10:40", "11:20", 3, "14:00", 0));
    }

    @Test
    void opensAnotherJustOverTheGap_onEitherSide() {
        user.clock("14:00");
        user.event("11:00");
        user.event("11:20:00.001");
        user.event("10:39:59.999");
        user.assertRemembers(
                open("10:39:59.999", "10:39:59.999", "10:39:59.999", 1, "14:00", 0),
                open("11:00", "11:00", "11:00", 1, "14:00", 0),
                open("11:20:00.001", "11:20:00.001", "11:20:00.001", 1, "14:00", 0));
    }

    @Test
    void leavesTheSessionThatStartedEarlierItsIdAndRevisions_whenAnEventBridgesTwo() {
        user.event("11:00");
        user.event("11:40");
        user.clock("12:00:00.001");
        user.conclusions().clear();
        Session bridged = user.event("11:20");
        Conclusion voided = merged("11:40", "11:40", "11:40", 1, "11:40:00.001", 2, "11:00");
        assertEquals(List.of(after(published("11:40", "11:40", 1), voided)), user.conclusions());
        assertEquals(0, user.conclusions().get(0).events());
        assertEquals(0, user.conclusions().get(0).lengthSeconds());
        assertEquals(Published.NONE, user.conclusions().get(0).publishes());
        Published before = published("11:00", "11:00", 1);
        assertEquals(after(before, open("11:00", "11:00", "11:40", 3, "12:00:00.001", 1)), bridged);
        user.assertRemembers(bridged);
        user.clock("12:20:00.002");
        assertEquals(
                after(before, concluded("11:00", "11:00", "11:40", 3, "12:20:00.002", 2)),
                user.conclusions().get(1));
        assertEquals(published("11:00", "11:40", 3), user.conclusions().get(1).publishes());
    }

    @Test
    void namesTheSurvivorImmediately_whenTheMergedSessionNeverConcluded() {
        user.clock("14:00");
        user.event("11:40");
        user.event("11:00");
        Session bridged = user.event("11:20");
        assertEquals(List.of(merged("11:40", "11:40", "11:40", 1, "14:00", 1, "11:00")), user.conclusions());
        assertEquals(open("11:00", "11:00", "11:40", 3, "14:00", 0), bridged);
    }

    @Test
    void mergesOverSeveralBridgesInARow() {
        user.clock("14:00");
        List.of("11:00", "11:30", "12:00", "12:30").forEach(user::event);
        user.event("12:15");
        user.event("11:15");
        user.event("11:45");
        assertEquals(
                List.of(
                        merged("12:30", "12:30", "12:30", 1, "14:00", 1, "12:00"),
                        merged("11:30", "11:30", "11:30", 1, "14:00", 1, "11:00"),
                        merged("12:00", "12:00", "12:30", 3, "14:00", 1, "11:00")),
                user.conclusions());
        user.assertRemembers(open("11:00", "11:00", "12:30", 7, "14:00", 0));
    }

    @Test
    void losesNoEvent_whenTheGapWasRaisedBetweenTwoSessions() {
        user.clock("14:00");
        user.event("11:00");
        user.event("11:25");
        user.rules(new SessionRules(2 * GAP, DAY, 1000));
        assertEquals(open("11:00", "11:00", "11:30", 3, "14:00", 0), user.event("11:30"));
    }

    /** 11:00 and 11:25 were two sessions under the former gap. */
    @Test
    void joinsWhatTheRaisedGapLinks_andWhatLinksToThat_inBothDirections() {
        user.clock("14:00");
        List.of("10:00", "10:35", "11:00", "11:25", "11:50", "12:15", "12:46").forEach(user::event);
        user.rules(new SessionRules(GAP + GAP / 2, DAY, 1000));
        assertEquals(open("10:35", "10:35", "12:15", 6, "14:00", 0), user.event("11:20"));
        assertEquals(
                List.of(
                        merged("11:00", "11:00", "11:00", 1, "14:00", 1, "10:35"),
                        merged("11:25", "11:25", "11:25", 1, "14:00", 1, "10:35"),
                        merged("11:50", "11:50", "11:50", 1, "14:00", 1, "10:35"),
                        merged("12:15", "12:15", "12:15", 1, "14:00", 1, "10:35")),
                user.conclusions());
        assertEquals(3, user.timeline().size(), "10:00 and 12:46 are further away");
    }

    @Test
    void joinsNothing_whenNoEventJoinsIt_afterTheGapWasRaised() {
        user.clock("14:00");
        user.event("11:00");
        user.event("11:25");
        user.rules(new SessionRules(GAP + GAP / 2, DAY, 1000));
        user.event("13:00");
        assertEquals(3, user.timeline().size());
    }

    @Test
    void splitsNothing_whenTheGapWasLowered() {
        user.clock("14:00");
        user.event("11:00");
        user.event("11:15");
        user.rules(new SessionRules(GAP / 2, DAY, 1000));
        assertEquals(open("11:00", "11:00", "11:15", 3, "14:00", 0), user.event("11:07"));
        user.event("11:26");
        assertEquals(2, user.timeline().size());
    }

    @Test
    void concludesByTheNewGap_whenItWasLowered() {
        user.event("11:00");
        SessionRules lowered = new SessionRules(GAP / 2, DAY, 1000);
        Timeline restarted =
                Timeline.of(user.timeline().sessions(), user.timeline().deadline());
        assertEquals(at("11:20"), restarted.deadline());
        assertEquals(at("11:10"), restarted.withDeadlineUnder(lowered).deadline());
        assertSame(restarted, restarted.withDeadlineUnder(TimelineScenario.RULES));
        assertSame(Timeline.EMPTY, Timeline.EMPTY.withDeadlineUnder(lowered));
    }
}
