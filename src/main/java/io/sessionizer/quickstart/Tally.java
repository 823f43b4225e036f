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
 * What has come out of the service so far. Of each session only the highest revision counts, and a session that was
 * merged into another counts no more, in whatever order the records are read. Not safe for threads.
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

    /** How many records have been read so far, whatever they are. */
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

    /** How many sessions concluded again because a late event joined them. */
    long amended() {
        return sessions().stream().filter(session -> session.revision() > 1).count();
    }

    /** How many sessions a late event joined to another. */
    long merged() {
        return concluded.size() - sessions().size();
    }

    /** The sessions that have events which no conclusion has counted yet, as their users: one entry a session. */
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
