package io.sessionizer.kafka.state;

import io.sessionizer.session.Timeline;
import java.util.Arrays;

/**
 * Cached timelines by user: a hash table with open addressing that only grows. Every event costs one look-up, and each
 * object on the way would be another CPU cache miss.
 */
public final class TimelineCache {
    private static final int INITIAL_CAPACITY = 1024;
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

        CacheEntry(byte[] user, Timeline timeline) {
            this.user = user;
            this.hash = hash(user);
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
        int hash = Arrays.hashCode(user) * 0x9E3779B9;
        return hash ^ hash >>> 16;
    }

    /** Estimated size of all entries, in bytes. */
    long bytes() {
        return bytes;
    }

    /** The user's entry, or null; {@code hash} is the user's {@link #hash}. */
    CacheEntry find(byte[] user, int hash) {
        int mask = slots.length - 1;
        for (int slot = hash & mask; slots[slot] != null; slot = slot + 1 & mask) {
            CacheEntry entry = slots[slot];
            if (entry.hash == hash && Arrays.equals(entry.user, user)) {
                return entry;
            }
        }
        return null;
    }

    /** Adds an entry. The user must not have one. */
    void add(CacheEntry entry) {
        if (2 * size >= slots.length) {
            grow();
        }
        put(entry);
        size++;
        bytes += entry.bytes();
    }

    /** Replaces the timeline of an existing entry. */
    void replace(CacheEntry entry, Timeline after) {
        bytes += (long) SESSION_BYTES * (after.size() - entry.timeline.size());
        entry.timeline = after;
    }

    private void put(CacheEntry entry) {
        int mask = slots.length - 1;
        int slot = entry.hash & mask;
        while (slots[slot] != null) {
            slot = slot + 1 & mask;
        }
        slots[slot] = entry;
    }

    private void grow() {
        CacheEntry[] before = slots;
        slots = new CacheEntry[2 * before.length];
        for (CacheEntry entry : before) {
            if (entry != null) {
                put(entry);
            }
        }
    }
}
