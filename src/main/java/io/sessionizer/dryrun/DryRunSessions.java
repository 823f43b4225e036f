package io.sessionizer.dryrun;

import io.sessionizer.session.ClockRules;
import io.sessionizer.session.ClockSteps;
import io.sessionizer.session.EventAdded;
import io.sessionizer.session.EventOrigin;
import io.sessionizer.session.SessionIdForm;
import io.sessionizer.session.SessionRules;
import io.sessionizer.session.Timeline;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;

/** The timelines and the clock of one partition, in memory. Forgotten sessions use no memory. Not thread-safe. */
final class DryRunSessions {
    private static final int PARTITION = 0;
    private static final int MIN_BEFORE_SCAN = 1 << 12;

    private final SessionRules rules;
    private final EventOrigin origin;
    private final ClockSteps clock = ClockSteps.at(ClockRules.NONE);
    private final Map<String, Timeline> timelines = new HashMap<>();
    private final PriorityQueue<UserDeadline> deadlines =
            new PriorityQueue<>(Comparator.comparingLong(UserDeadline::timeMs));
    private int nextScanSize = MIN_BEFORE_SCAN;

    DryRunSessions(SessionRules rules, SessionIdForm form) {
        this.rules = rules;
        this.origin = new EventOrigin(form);
    }

    /** @param timeMs the time of the clock after which a session of the user may be due, epoch ms */
    private record UserDeadline(long timeMs, String user) {}

    /**
     * Advances the clock, never backwards, and concludes the sessions that are due.
     *
     * @param toMs epoch ms, or {@link ClockRules#NONE}
     */
    void advanceClock(long toMs) {
        if (toMs <= clock.now()) {
            return;
        }
        clock.advance(toMs);
        while (!deadlines.isEmpty() && deadlines.peek().timeMs() < toMs) {
            conclude(deadlines.poll());
        }
        clock.dropUpTo(toMs);
    }

    private void conclude(UserDeadline deadline) {
        Timeline before = timelines.getOrDefault(deadline.user(), Timeline.EMPTY);
        // the deadline may be stale
        if (before.deadline() == deadline.timeMs()) {
            replace(deadline.user(), before, before.advance(clock, rules).after());
        }
    }

    /**
     * Adds an event to its user's timeline.
     *
     * @param user the user, in UTF-8
     * @param timeMs event time, epoch ms
     * @param offset the offset of its record
     */
    EventAdded add(byte[] user, long timeMs, long offset) {
        String key = new String(user, StandardCharsets.UTF_8);
        Timeline before = timelines.getOrDefault(key, Timeline.EMPTY);
        EventAdded added = before.add(timeMs, clock, rules, origin.set(user, PARTITION, offset));
        replace(key, before, added.timeline());
        removeForgotten();
        return added;
    }

    private void replace(String user, Timeline before, Timeline after) {
        timelines.put(user, after);
        if (after.deadline() != before.deadline() && after.deadline() != Timeline.NO_DEADLINE) {
            deadlines.add(new UserDeadline(after.deadline(), user));
        }
    }

    /** Scans when there are twice as many as after the last scan, so that the cost per event is constant. */
    private void removeForgotten() {
        if (timelines.size() >= nextScanSize) {
            timelines.values().removeIf(timeline -> timeline.isForgotten(clock.now(), rules));
            nextScanSize = Math.max(MIN_BEFORE_SCAN, 2 * timelines.size());
        }
    }

    /** Number of users with a timeline. */
    int users() {
        return timelines.size();
    }
}
