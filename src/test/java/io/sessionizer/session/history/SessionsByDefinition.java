package io.sessionizer.session.history;

import java.util.ArrayList;
import java.util.List;

/** What sessions are, by definition: event times sorted, and split where two neighbours lie more than the gap apart. */
public final class SessionsByDefinition {
    private SessionsByDefinition() {}

    /** The sessions by start, each as its event times in order. */
    public static List<List<Long>> of(List<Long> times, long gap) {
        List<Long> sorted = new ArrayList<>(times);
        sorted.sort(null);
        List<List<Long>> sessions = new ArrayList<>();
        for (int i = 0; i < sorted.size(); i++) {
            if (i == 0 || sorted.get(i) - sorted.get(i - 1) > gap) {
                sessions.add(new ArrayList<>());
            }
            sessions.get(sessions.size() - 1).add(sorted.get(i));
        }
        return sessions;
    }
}
