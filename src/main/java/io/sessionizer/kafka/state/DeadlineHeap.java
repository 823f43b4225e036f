package io.sessionizer.kafka.state;

import java.util.Arrays;

/**
 * Deadlines in memory, the earliest on top: a binary heap that keeps its times in an array of longs, so that
 * comparisons dereference no objects. Deadlines with the same time are in no particular order.
 */
final class DeadlineHeap {
    private static final int DEADLINE_BYTES = 64;

    private long[] times = new long[256];
    private byte[][] users = new byte[256][];
    private int size;
    private long bytes;

    boolean isEmpty() {
        return size == 0;
    }

    /** Estimated memory, in bytes. */
    long bytes() {
        return bytes;
    }

    /** The earliest time, epoch ms. The heap must not be empty. */
    long firstTime() {
        return times[0];
    }

    /** The user of the earliest deadline. The heap must not be empty. */
    byte[] firstUser() {
        return users[0];
    }

    void add(long time, byte[] user) {
        if (size == times.length) {
            times = Arrays.copyOf(times, 2 * size);
            users = Arrays.copyOf(users, 2 * size);
        }
        int at = size++;
        while (at > 0 && times[at - 1 >> 1] > time) {
            move(at - 1 >> 1, at);
            at = at - 1 >> 1;
        }
        put(at, time, user);
        bytes += DEADLINE_BYTES + user.length;
    }

    /** Removes the earliest deadline. The heap must not be empty. */
    void removeFirst() {
        bytes -= DEADLINE_BYTES + users[0].length;
        size--;
        long time = times[size];
        byte[] user = users[size];
        users[size] = null;
        if (size == 0) {
            return;
        }
        int at = 0;
        for (int child = 1; child < size; child = 2 * at + 1) {
            int earlier = child + 1 < size && times[child + 1] < times[child] ? child + 1 : child;
            if (times[earlier] >= time) {
                break;
            }
            move(earlier, at);
            at = earlier;
        }
        put(at, time, user);
    }

    private void move(int from, int to) {
        put(to, times[from], users[from]);
    }

    private void put(int at, long time, byte[] user) {
        times[at] = time;
        users[at] = user;
    }
}
