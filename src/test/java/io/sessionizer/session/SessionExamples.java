package io.sessionizer.session;

import java.time.LocalTime;
import java.util.Optional;

/** Sessions and times of day for examples: all of one day, UTC. */
final class SessionExamples {
    static final long MINUTE = 60_000;
    static final long DAY = 24 * 60 * MINUTE;

    private SessionExamples() {}

    static long at(String time) {
        return 20_000 * DAY + LocalTime.parse(time).toNanoOfDay() / 1_000_000;
    }

    static Session open(String openedAt, String start, String end, long events, String lastArrival, int revision) {
        return new Session(SampleIds.of(at(openedAt)), at(start), at(end), events, at(lastArrival), revision, true);
    }

    /** Under a gap of 20 minutes. */
    static Conclusion concluded(
            String openedAt, String start, String end, long events, String concludedAt, int revision) {
        Session session = closed(openedAt, start, end, events, at(concludedAt) - 20 * MINUTE, revision);
        return new Conclusion(session, Optional.empty(), Published.NONE);
    }

    private static Session closed(
            String openedAt, String start, String end, long events, long lastArrival, int revision) {
        return new Session(SampleIds.of(at(openedAt)), at(start), at(end), events, lastArrival, revision, false);
    }

    static Conclusion merged(
            String openedAt, String start, String end, long events, String lastArrival, int revision, String into) {
        Session session = closed(openedAt, start, end, events, at(lastArrival), revision);
        return new Conclusion(session, Optional.of(SampleIds.of(at(into))), Published.NONE);
    }

    static Published published(String start, String end, long events) {
        return new Published(at(start), at(end), events);
    }

    /** The session with what was published before it reopened. */
    static Session after(Published before, Session open) {
        return new Session(
                open.id(), open.start(), open.end(), open.events(), open.lastArrival(), open.revision(), true, before);
    }

    /** The conclusion, which takes this back. */
    static Conclusion after(Published before, Conclusion conclusion) {
        return new Conclusion(conclusion.session(), conclusion.mergedInto(), before);
    }
}
