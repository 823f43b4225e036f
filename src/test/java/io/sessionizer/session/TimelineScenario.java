package io.sessionizer.session;

import static io.sessionizer.session.SessionExamples.DAY;
import static io.sessionizer.session.SessionExamples.MINUTE;
import static io.sessionizer.session.SessionExamples.at;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;

/** One user's timeline and the partition's clock: a gap of 20 minutes, remembered for 24 hours. */
final class TimelineScenario {
    static final long GAP = 20 * MINUTE;
    static final SessionRules RULES = new SessionRules(GAP, DAY, 1000);

    private final List<Conclusion> conclusions = new ArrayList<>();
    private SessionRules rules = RULES;
    private Timeline timeline = Timeline.EMPTY;
    private final ClockSteps clock = ClockSteps.at(ClockRules.NONE);

    /** From now on; the timeline stays as it is. */
    void rules(SessionRules changed) {
        rules = changed;
    }

    /** An event arrives; it moves the clock, unless the clock is past it. */
    Session event(String time) {
        return added(time).session();
    }

    EventAdded added(String time) {
        clockWithoutTick(Math.max(clock.now(), at(time)));
        return add(time);
    }

    /** An event arrives that does not move the clock. */
    void eventAheadOfTheClock(String time) {
        add(time);
    }

    private EventAdded add(String time) {
        EventAdded added = timeline.add(at(time), clock, rules, SampleIds::of);
        timeline = added.timeline();
        conclusions.addAll(added.conclusions());
        return added;
    }

    void clock(String time) {
        clockAt(at(time));
    }

    void clockAt(long time) {
        clockWithoutTick(time);
        TimelineChange advanced = timeline.advance(clock, rules);
        timeline = advanced.after();
        conclusions.addAll(advanced.conclusions());
    }

    /** The clock moves, and the timeline is not advanced yet. */
    void clockWithoutTick(long time) {
        if (time > clock.now()) {
            clock.advance(time);
        }
    }

    Timeline timeline() {
        return timeline;
    }

    /** All conclusions since the last time that this list was cleared, in order. */
    List<Conclusion> conclusions() {
        return conclusions;
    }

    void assertRemembers(Session... sessions) {
        assertEquals(List.of(sessions), timeline.sessions());
    }
}
