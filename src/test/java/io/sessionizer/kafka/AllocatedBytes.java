package io.sessionizer.kafka;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Measures what a piece of work allocates on the heap, on the thread that runs it. */
final class AllocatedBytes {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int MOST_ROUNDS = 200;

    private AllocatedBytes() {}

    /**
     * Bytes that a run allocates once the compiler is through with it: the least average of many rounds, since a round
     * allocates more while parts of it are interpreted, and never less than the work needs.
     *
     * @param enough no more rounds are needed once one allocates no more than this
     */
    static double perRun(double enough, int runsARound, Runnable work) {
        double least = Double.MAX_VALUE;
        for (int round = 0; round < MOST_ROUNDS && least > enough; round++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < runsARound; i++) {
                work.run();
            }
            least = Math.min(least, (THREADS.getCurrentThreadAllocatedBytes() - before) / (double) runsARound);
        }
        return least;
    }
}
