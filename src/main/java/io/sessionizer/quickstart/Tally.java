package io.sessionizer.quickstart;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The service's output so far. Only the highest revision of each session counts, and merged sessions do not count,
 * regardless of the order in which records are read. Not thread-safe.
 */
final class Tally {
    private final Map<String, ConcludedSession> concluded = new HashMap<>();
    private final Map<String, StampedEvents> stamped = new HashMap<>();
    private final Map<String, Long> deadLetters = new TreeMap<>();
    private long events;
    private long revisions;

    void stamped(String session, String user) {
        events++;
        stamped.merge(session, new StampedEvents(user, 1), StampedEvents::plus);
    }

    void concluded(ConcludedSession revision) {
        revisions++;
        concluded.merge(revision.id(), revision, (known, read) -> read.revision() > known.revision() ? read : known);
    }

    void deadLetter(String reason) {
        deadLetters.merge(reason, 1L, Long::sum);
    }

    /** Number of records read so far, of all kinds. */
    long records() {
        return events + revisions + deadLetters();
    }

    long events() {
        return events;
    }

    long deadLetters() {
        return deadLetters.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Dead letters by reason, in alphabetical order. */
    Map<String, Long> deadLettersByReason() {
        return Collections.unmodifiableMap(deadLetters);
    }

    /** The sessions that count, each at its highest revision. */
    List<ConcludedSession> sessions() {
        return concluded.values().stream()
                .filter(session -> session.mergedInto().isEmpty())
                .toList();
    }

    /** Number of sessions that concluded again because of a late event. */
    long amended() {
        return sessions().stream().filter(session -> session.revision() > 1).count();
    }

    /** Number of sessions that a late event merged into another. */
    long merged() {
        return concluded.size() - sessions().size();
    }

    /** The users of sessions with events that no conclusion has counted yet: one entry per session. */
    Collection<String> open() {
        Map<String, StampedEvents> bySurvivor = new HashMap<>();
        stamped.forEach((id, some) -> bySurvivor.merge(survivor(id), some, StampedEvents::plus));
        return bySurvivor.entrySet().stream()
                .filter(entry -> entry.getValue().events() > countedIn(entry.getKey()))
                .map(entry -> entry.getValue().user())
                .toList();
    }

    private long countedIn(String id) {
        return concluded.containsKey(id) ? concluded.get(id).events() : 0;
    }

    private String survivor(String id) {
        Set<String> seen = new HashSet<>();
        String at = id;
        while (seen.add(at) && concluded.containsKey(at)) {
            at = concluded.get(at).mergedInto().orElse(at);
        }
        return at;
    }

    private record StampedEvents(String user, long events) {
        StampedEvents plus(StampedEvents other) {
            return new StampedEvents(user, events + other.events);
        }
    }
}
