package io.sessionizer.kafka.state;

import io.sessionizer.session.Timeline;
import java.util.Arrays;

/**
 * Timelines in memory by their users: a hash table with open addressing that only grows, since a look-up is what every
 * event costs, and each object on its way is one more miss of the processor's caches.
 */
public final class TimelineCache {
    private static final int INITIAL_CAPACITY = 1024;
    /** About what an entry takes beside its user and its sessions, and each session, in bytes of a heap below 32 GB. */
    private static final int ENTRY_BYTES = 110;

    private static final int SESSION_BYTES = 75;

    private CacheEntry[] slots = new CacheEntry[INITIAL_CAPACITY];
    private int size;
    private long bytes;

    /** A user's timeline, and whether the store does not have it like this yet. */
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

    /** About what all entries take, in bytes. */
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

    /** Adds the entry of a user who has none. */
    void add(CacheEntry entry) {
        if (2 * size >= slots.length) {
            grow();
        }
        put(entry);
        size++;
        bytes += entry.bytes();
    }

    /** Gives the entry, which is here, another timeline. */
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
