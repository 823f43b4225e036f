package io.sessionizer.guarantee;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The rule of contract section 2 in its plainest form: sort each user's events, and split where the gap is larger. */
final class Reference {
    private Reference() {}

    /**
     * A session as it must be in the end.
     *
     * @param start event time of the first event, epoch ms
     * @param end event time of the last event, epoch ms
     * @param events ids of its events
     */
    record Session(String user, long start, long end, Set<String> events) {}

    /** The sessions of all events that count, by user and start. */
    static List<Session> sessions(Collection<Event> events, long gapMs) {
        Map<String, List<Event>> byUser = new TreeMap<>();
        for (Event event : events) {
            if (event.counts()) {
                byUser.computeIfAbsent(event.user(), user -> new ArrayList<>()).add(event);
            }
        }
        List<Session> sessions = new ArrayList<>();
        byUser.values().forEach(ofUser -> split(ofUser, gapMs, sessions));
        return sessions;
    }

    private static void split(List<Event> ofUser, long gapMs, List<Session> sessions) {
        ofUser.sort(Comparator.comparingLong(Event::time));
        int first = 0;
        for (int i = 1; i <= ofUser.size(); i++) {
            if (i == ofUser.size() || ofUser.get(i).time() - ofUser.get(i - 1).time() > gapMs) {
                Set<String> ids = new HashSet<>();
                ofUser.subList(first, i).forEach(event -> ids.add(event.id()));
                sessions.add(new Session(
                        ofUser.get(first).user(),
                        ofUser.get(first).time(),
                        ofUser.get(i - 1).time(),
                        ids));
                first = i;
            }
        }
    }
}
