package io.sessionizer.session.history;

import io.sessionizer.session.SessionId;
import io.sessionizer.session.SessionRules;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * The rules as in the specification, regardless of cost: every event of a remembered session is kept with the clock of its
 * arrival, everything else is computed from them each time, and what is due concludes with every step of the clock.
 */
public final class BruteForceTimeline {

    /** A published revision of a session; {@code events} is what counts for it from then on. */
    public record ExpectedRevision(
            SessionId id, int revision, long start, long end, long events, Optional<SessionId> mergedInto) {}

    /** An event as it came in. */
    private record Arrival(long time, long clock) {}

    /** A session: remembered, or what there was of it when it was forgotten. */
    private static final class ArrivalGroup {
        final SessionId id;
        final List<Arrival> arrivals = new ArrayList<>();
        int revision;
        boolean isOpen = true;
        /** The step of the clock that made it due. */
        long concludedAt;

        ArrivalGroup(SessionId id) {
            this.id = id;
        }

        long start() {
            return arrivals.stream().mapToLong(Arrival::time).min().orElseThrow();
        }

        long end() {
            return arrivals.stream().mapToLong(Arrival::time).max().orElseThrow();
        }

        long lastArrival() {
            return arrivals.stream()
                    .mapToLong(arrival -> Math.max(arrival.time, arrival.clock))
                    .max()
                    .orElseThrow();
        }

        boolean isWithin(long gap, long from, long to) {
            return from - end() <= gap && start() - to <= gap;
        }

        ExpectedRevision conclude(long events, Optional<SessionId> mergedInto) {
            revision++;
            isOpen = false;
            return new ExpectedRevision(id, revision, start(), end(), events, mergedInto);
        }

        ExpectedRevision state() {
            return new ExpectedRevision(id, revision, start(), end(), arrivals.size(), Optional.empty());
        }
    }

    private SessionRules rules;
    private final List<ArrivalGroup> groups = new ArrayList<>();
    private final List<ArrivalGroup> forgotten = new ArrayList<>();
    private boolean hasMissedASession;

    public BruteForceTimeline(SessionRules rules) {
        this.rules = rules;
    }

    /** The clock moves: due sessions conclude in the order of their start, those concluded longer ago than the retention are forgotten. */
    public List<ExpectedRevision> clock(long clock) {
        List<ExpectedRevision> revisions = new ArrayList<>();
        groups.sort(Comparator.comparingLong(ArrivalGroup::start));
        for (ArrivalGroup group : List.copyOf(groups)) {
            if (group.isOpen && clock - group.lastArrival() > rules.gapMs()) {
                revisions.add(group.conclude(group.arrivals.size(), Optional.empty()));
                group.concludedAt = clock;
            }
            if (!group.isOpen && clock - group.concludedAt > rules.retentionMs()) {
                forget(group);
            }
        }
        return revisions;
    }

    private void forget(ArrivalGroup group) {
        groups.remove(group);
        forgotten.add(group);
    }

    /** An event comes in: it joins what is within the gap of it, and what is within the gap of that. */
    public List<ExpectedRevision> event(long time, long clock, LongFunction<SessionId> newId) {
        List<ExpectedRevision> revisions = clock(clock);
        hasMissedASession |= forgotten.stream().anyMatch(group -> group.isWithin(rules.gapMs(), time, time));
        List<ArrivalGroup> linked = linkedBy(time);
        if (linked.isEmpty()) {
            revisions.addAll(makeRoom());
            groups.add(new ArrivalGroup(newId.apply(time)));
            linked = List.of(groups.get(groups.size() - 1));
        }
        ArrivalGroup survivor = linked.get(0);
        for (ArrivalGroup other : linked.subList(1, linked.size())) {
            revisions.add(other.conclude(0, Optional.of(survivor.id)));
            survivor.arrivals.addAll(other.arrivals);
            groups.remove(other);
        }
        survivor.arrivals.add(new Arrival(time, clock));
        survivor.isOpen = true;
        return revisions;
    }

    /** By start; joined one at a time until no more is within the gap. */
    private List<ArrivalGroup> linkedBy(long time) {
        List<ArrivalGroup> linked = new ArrayList<>();
        boolean grows = true;
        while (grows) {
            long from = Math.min(
                    time, linked.stream().mapToLong(ArrivalGroup::start).min().orElse(time));
            long to = Math.max(
                    time, linked.stream().mapToLong(ArrivalGroup::end).max().orElse(time));
            List<ArrivalGroup> more = groups.stream()
                    .filter(group -> !linked.contains(group) && group.isWithin(rules.gapMs(), from, to))
                    .toList();
            linked.addAll(more);
            grows = !more.isEmpty();
        }
        linked.sort(Comparator.comparingLong(ArrivalGroup::start));
        return linked;
    }

    private List<ExpectedRevision> makeRoom() {
        List<ExpectedRevision> revisions = new ArrayList<>();
        while (groups.size() >= rules.maxSessions()) {
            ArrivalGroup first = groups.stream()
                    .min(Comparator.comparingLong(ArrivalGroup::end).thenComparingLong(ArrivalGroup::start))
                    .orElseThrow();
            if (first.isOpen) {
                revisions.add(first.conclude(first.arrivals.size(), Optional.empty()));
            }
            forget(first);
        }
        return revisions;
    }

    /** The user is erased. */
    public void erase() {
        groups.clear();
    }

    /**
     * The gap is another one from now on. Of a concluded session the last arrival is stored, from which its retention
     * counts: a gap and the retention later.
     */
    void gap(long gapMs) {
        groups.forEach(group -> group.concludedAt += gapMs - rules.gapMs());
        rules = new SessionRules(gapMs, rules.retentionMs(), rules.maxSessions());
    }

    /** The clock was ahead: arrivals and conclusions after this time count as of then; a conclusion never before it was due. */
    void setBack(long clock) {
        for (ArrivalGroup group : groups) {
            group.arrivals.replaceAll(arrival -> new Arrival(arrival.time, Math.min(arrival.clock, clock)));
            group.concludedAt = Math.min(group.concludedAt, Math.max(clock, group.end() + rules.gapMs()));
        }
    }

    /** When the first of the open sessions is due; Long.MAX_VALUE if none is open. */
    long firstDue() {
        return groups.stream()
                .filter(group -> group.isOpen)
                .mapToLong(group -> group.lastArrival() + rules.gapMs())
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** Whether an event came that would have joined a session that was forgotten or evicted. */
    boolean hasMissedASession() {
        return hasMissedASession;
    }

    /** The remembered sessions by start, each as id, revision, start, end, number of events. */
    public List<ExpectedRevision> remembered() {
        return groups.stream()
                .sorted(Comparator.comparingLong(ArrivalGroup::start))
                .map(ArrivalGroup::state)
                .toList();
    }

    /** The sessions that were forgotten or evicted, as they were then. */
    List<ExpectedRevision> forgotten() {
        return forgotten.stream().map(ArrivalGroup::state).toList();
    }
}
