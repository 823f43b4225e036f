package io.sessionizer.kafka.task;

import io.sessionizer.event.UncountedReason;
import io.sessionizer.kafka.input.InputRecord;
import io.sessionizer.kafka.status.Counters;

/**
 * Counts the records of one input partition. The results of recent events are collected for all partitions of the
 * instance together. They are handed over for several events at a time, so that stream threads rarely wait for each
 * other.
 */
final class InputCounter {
    private static final int BATCH = 16;

    private final Counters counters;
    /** Null for an event that counts. */
    private final UncountedReason[] recent = new UncountedReason[BATCH];

    private int size;

    InputCounter(Counters counters) {
        this.counters = counters;
    }

    void count(InputRecord input) {
        counters.countInput(input);
        switch (input.kind()) {
            case EVENT -> add(null);
            case UNCOUNTED -> add(input.uncountedReason());
            case ERASURE, IGNORED, REJECTED -> {}
        }
    }

    private void add(UncountedReason reason) {
        recent[size++] = reason;
        if (size == BATCH) {
            flush();
        }
    }

    /** Hands over the results that were not handed over yet. */
    void flush() {
        if (size > 0) {
            counters.addRecent(recent, size);
            size = 0;
        }
    }
}
