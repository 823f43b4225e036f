package io.sessionizer.session.history;

import io.sessionizer.session.SessionRules;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The rules as in the contract, regardless of cost: every event of a remembered session is kept with the clock of its
 * arrival, and everything else is computed from them each time.
 */
public final class BruteForceTimeline {

    /** A published revision of a session: {@code id} is its openedAt, {@code events} what counts for it from then on. */
    public record ExpectedRevision(
            long openedAtMs, int revision, long start, long end, long events, Optional<Long> mergedInto) {}

    /** An event as it came in. */
    private record Arrival(long time, long clock) {}

    /** A remembered session. */
    private static final class ArrivalGroup {
        final long id;
        final List<Arrival> arrivals = new ArrayList<>();
        int revision;
        boolean isOpen = true;

        ArrivalGroup(long id) {
            this.id = id;
        }

        List<Long> times() {
            return arrivals.stream().map(Arrival::time).sorted().toList();
        }

        long start() {
            return times().get(0);
        }

        long end() {
            return times().get(arrivals.size() - 1);
        }

        long lastArrival() {
            return Math.max(
                    end(), arrivals.stream().mapToLong(Arrival::clock).max().orElseThrow());
        }

        ExpectedRevision conclude(long events, Optional<Long> mergedInto) {
            revision++;
            isOpen = false;
            return new ExpectedRevision(id, revision, start(), end(), events, mergedInto);
        }
    }

    private final SessionRules rules;
    private final List<ArrivalGroup> groups = new ArrayList<>();

    public BruteForceTimeline(SessionRules rules) {
        this.rules = rules;
    }

    /** The clock moves: due sessions conclude in the order of their start, those due longer ago than the retention are forgotten. */
    public List<ExpectedRevision> tick(long clock) {
        List<ExpectedRevision> revisions = new ArrayList<>();
        groups.sort(Comparator.comparingLong(ArrivalGroup::start));
        for (ArrivalGroup group : List.copyOf(groups)) {
            long sinceArrival = clock - group.lastArrival();
            if (group.isOpen && sinceArrival > rules.gapMs()) {
                revisions.add(group.conclude(group.arrivals.size(), Optional.empty()));
            }
            if (sinceArrival > rules.gapMs() + rules.retentionMs()) {
                groups.remove(group);
            }
        }
        return revisions;
    }

    /** An event comes in: it goes where sorting and splitting all that is remembered puts it. */
    public List<ExpectedRevision> event(long time, long clock) {
        List<ExpectedRevision> revisions = tick(clock);
        List<ArrivalGroup> linked = linkedBy(time);
        if (linked.isEmpty()) {
            revisions.addAll(makeRoom());
            groups.add(new ArrivalGroup(time));
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

    private List<ArrivalGroup> linkedBy(long time) {
        List<Long> all = new ArrayList<>(groups.stream()
                .map(ArrivalGroup::times)
                .flatMap(Collection::stream)
                .toList());
        all.add(time);
        List<Long> piece = SessionsByDefinition.of(all, rules.gapMs()).stream()
                .filter(times -> times.contains(time))
                .findFirst()
                .orElseThrow();
        return groups.stream()
                .filter(group -> piece.contains(group.start()))
                .sorted(Comparator.comparingLong(ArrivalGroup::start))
                .toList();
    }

    private List<ExpectedRevision> makeRoom() {
        List<ExpectedRevision> revisions = new ArrayList<>();
        while (groups.size() >= rules.maxSessions()) {
            ArrivalGroup first = groups.stream()
                    .min(Comparator.comparingLong(ArrivalGroup::lastArrival).thenComparingLong(ArrivalGroup::start))
                    .orElseThrow();
            if (first.isOpen) {
                revisions.add(first.conclude(first.arrivals.size(), Optional.empty()));
            }
            groups.remove(first);
        }
        return revisions;
    }

    /** When the first of the open sessions is due; Long.MAX_VALUE if none is open. */
    long firstDue() {
        return groups.stream()
                .filter(group -> group.isOpen)
                .mapToLong(group -> group.lastArrival() + rules.gapMs())
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** The remembered sessions by start, each as id, revision, start, end, number of events. */
    public List<ExpectedRevision> remembered() {
        return groups.stream()
                .sorted(Comparator.comparingLong(ArrivalGroup::start))
                .map(group -> new ExpectedRevision(
                        group.id, group.revision, group.start(), group.end(), group.arrivals.size(), Optional.empty()))
                .toList();
    }
}
