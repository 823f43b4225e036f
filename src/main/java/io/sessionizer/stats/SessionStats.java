package io.sessionizer.stats;

import io.sessionizer.session.Published;
import java.util.Arrays;

/**
 * Counts of sessions: their number, total length, number of events, and number by length. Counted sessions can be
 * removed exactly, so that amended, merged and erased sessions leave no trace. Mutable, for one thread.
 */
public final class SessionStats {
    private long sessions;
    private long lengthSeconds;
    private long events;
    private final long[] buckets = new long[LengthBuckets.COUNT];

    /** Counts a session as it was published. */
    public void count(Published published) {
        count(published, 1);
    }

    /** Removes a session that {@link #count} has counted. */
    public void remove(Published published) {
        count(published, -1);
    }

    private void count(Published published, int times) {
        if (!published.isNone()) {
            addToBucket(LengthBuckets.bucketOf(published.lengthSeconds()), times);
            addSums(times * published.lengthSeconds(), times * published.events());
        }
    }

    /** Adds {@code sessions} sessions of a bucket of {@link LengthBuckets}; their sums are added by {@link #addSums}. */
    public void addToBucket(int bucket, long sessions) {
        buckets[bucket] += sessions;
        this.sessions += sessions;
    }

    /** Adds to the sum of lengths, in seconds, and to the number of events. */
    public void addSums(long lengthSeconds, long events) {
        this.lengthSeconds += lengthSeconds;
        this.events += events;
    }

    public void add(SessionStats other) {
        add(other, 1);
    }

    public void subtract(SessionStats other) {
        add(other, -1);
    }

    private void add(SessionStats other, int times) {
        for (int bucket = 0; bucket < buckets.length; bucket++) {
            buckets[bucket] += times * other.buckets[bucket];
        }
        sessions += times * other.sessions;
        addSums(times * other.lengthSeconds, times * other.events);
    }

    public boolean isEmpty() {
        return sessions == 0 && lengthSeconds == 0 && events == 0;
    }

    public long sessions() {
        return sessions;
    }

    /** The sum of the sessions' lengths, each in whole seconds. */
    public long lengthSeconds() {
        return lengthSeconds;
    }

    public long events() {
        return events;
    }

    /** How many sessions have a length in this bucket of {@link LengthBuckets}. */
    public long inBucket(int bucket) {
        return buckets[bucket];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SessionStats stats
                && sessions == stats.sessions
                && lengthSeconds == stats.lengthSeconds
                && events == stats.events
                && Arrays.equals(buckets, stats.buckets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(buckets);
    }

    @Override
    public String toString() {
        return "SessionStats[sessions=" + sessions + ", lengthSeconds=" + lengthSeconds + ", events=" + events + "]";
    }
}
