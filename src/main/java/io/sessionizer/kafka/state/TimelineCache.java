package io.sessionizer.kafka.state;

import io.sessionizer.session.Timeline;
import java.util.Arrays;

/**
 * Cached timelines by user: a hash table with open addressing that only grows. Every event costs one look-up, in which
 * each further object would be another CPU cache miss. User ids come from untrusted sources: the hash is keyed, so that
 * colliding ids cannot be chosen, and no look-up takes more than {@value #MAX_PROBES} steps.
 */
public final class TimelineCache {
    private static final int INITIAL_CAPACITY = 1024;
    /** Far more than chance produces: in a half-full table of a million users, the longest look-ups take about 70. */
    static final int MAX_PROBES = 256;

    private static final SipHash HASH = SipHash.withRandomKey();
    /** Estimated size of an entry without its user and sessions, and of a session with its id, in bytes, for a heap below 32 GB. */
    private static final int ENTRY_BYTES = 110;

    private static final int SESSION_BYTES = 107;

    private CacheEntry[] slots = new CacheEntry[INITIAL_CAPACITY];
    private int size;
    private long bytes;

    /** A user's timeline, and whether it differs from the stored one. */
    public static final class CacheEntry {
        public final byte[] user;
        private final int hash;
        private Timeline timeline;
        boolean isDirty;

        /** @param hash the user's {@link TimelineCache#hash} */
        CacheEntry(byte[] user, int hash, Timeline timeline) {
            this.user = user;
            this.hash = hash;
            this.timeline = timeline;
        }

        public Timeline timeline() {
            return timeline;
        }

        private long bytes() {
            return ENTRY_BYTES + user.length + (long) SESSION_BYTES * timeline.size();
        }
    }

    static int hash(byte[] user) {
        return (int) HASH.hash(user);
    }

    /** Estimated size of all entries, in bytes. */
    long bytes() {
        return bytes;
    }

    /** The user's entry, or null; {@code hash} is the user's {@link #hash}. */
    CacheEntry find(byte[] user, int hash) {
        int mask = slots.length - 1;
        for (int probe = 0; probe < MAX_PROBES; probe++) {
            CacheEntry entry = slots[hash + probe & mask];
            if (entry == null) {
                return null;
            }
            if (entry.hash == hash && Arrays.equals(entry.user, user)) {
                return entry;
            }
        }
        return null;
    }

    /**
     * Adds an entry. The user must not have one.
     *
     * @return false, and nothing is changed, if no slot within {@value #MAX_PROBES} steps is free; never of an empty cache
     */
    boolean add(CacheEntry entry) {
        boolean isAdded = (2 * size < slots.length || grow()) && put(entry, slots);
        if (isAdded) {
            size++;
            bytes += entry.bytes();
        }
        return isAdded;
    }

    /** Replaces the timeline of an existing entry. */
    void replace(CacheEntry entry, Timeline after) {
        bytes += (long) SESSION_BYTES * (after.size() - entry.timeline.size());
        entry.timeline = after;
    }

    private static boolean put(CacheEntry entry, CacheEntry[] slots) {
        int mask = slots.length - 1;
        for (int probe = 0; probe < MAX_PROBES; probe++) {
            int slot = entry.hash + probe & mask;
            if (slots[slot] == null) {
                slots[slot] = entry;
                return true;
            }
        }
        return false;
    }

    /** Doubles the capacity; false, and nothing is changed, if an entry would not find a slot. */
    private boolean grow() {
        CacheEntry[] larger = new CacheEntry[2 * slots.length];
        for (CacheEntry entry : slots) {
            if (entry != null && !put(entry, larger)) {
                return false;
            }
        }
        slots = larger;
        return true;
    }
}
