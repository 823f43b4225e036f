package io.sessionizer.guarantee.support;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The rule of the specification, section 2, in its plainest form: sort each user's events, and split where the gap is larger.
 * * Events that were sent before their user was erased are left out.
 */
public final class ReferenceSessions {
    private ReferenceSessions() {}

    /**
     * A session as it must be in the end.
     *
     * @param start event time of the first event, epoch ms
     * @param end event time of the last event, epoch ms
     * @param events ids of its events
     */
    public record ReferenceSession(String user, long start, long end, Set<String> events) {}

    /** The events that count and were not erased, by user, in the order in which they were sent. */
    static Map<String, List<TestEvent>> remaining(Collection<TestEvent> events) {
        Map<String, List<TestEvent>> byUser = new TreeMap<>();
        for (TestEvent event : events) {
            if (event.isErasure()) {
                byUser.remove(event.user());
            } else if (event.counts()) {
                byUser.computeIfAbsent(event.user(), user -> new ArrayList<>()).add(event);
            }
        }
        return byUser;
    }

    /** Their sessions, by user and start. */
    public static List<ReferenceSession> sessions(Collection<TestEvent> events, long gapMs) {
        List<ReferenceSession> sessions = new ArrayList<>();
        remaining(events).values().forEach(ofUser -> split(ofUser, gapMs, sessions));
        return sessions;
    }

    private static void split(List<TestEvent> ofUser, long gapMs, List<ReferenceSession> sessions) {
        ofUser.sort(Comparator.comparingLong(TestEvent::time));
        int first = 0;
        for (int i = 1; i <= ofUser.size(); i++) {
            if (i == ofUser.size() || ofUser.get(i).time() - ofUser.get(i - 1).time() > gapMs) {
                Set<String> ids = new HashSet<>();
                ofUser.subList(first, i).forEach(event -> ids.add(event.id()));
                sessions.add(new ReferenceSession(
                        ofUser.get(first).user(),
                        ofUser.get(first).time(),
                        ofUser.get(i - 1).time(),
                        ids));
                first = i;
            }
        }
    }
}
