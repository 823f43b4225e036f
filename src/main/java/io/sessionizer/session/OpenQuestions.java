package io.sessionizer.session;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;

/**
 * The answered questions of a partition that are not passed yet, since not everything before the end offset that they
 * found has been processed (specification, section 3, The clock). Only questions that can still matter are kept: the
 * latest of several with the same end.
 */
public final class OpenQuestions {
    /** Beyond this, every other question is dropped: the clock then follows in larger steps. */
    static final int MAX_SIZE = 1_024;

    /** By the time they were asked, and strictly by their end. */
    private final Deque<LogEnd> open = new ArrayDeque<>();

    /** Adds an answer; answers may come in any order. */
    public void add(LogEnd answer) {
        Deque<LogEnd> later = new ArrayDeque<>(0);
        while (!open.isEmpty() && open.peekLast().askedAtNanos() > answer.askedAtNanos()) {
            later.addFirst(open.removeLast());
        }
        // an earlier question that is not passed sooner is of no use
        while (!open.isEmpty() && open.peekLast().endOffset() >= answer.endOffset()) {
            open.removeLast();
        }
        if (later.isEmpty() || later.peekFirst().endOffset() > answer.endOffset()) {
            open.addLast(answer);
        }
        open.addAll(later);
        if (open.size() > MAX_SIZE) {
            thinOut();
        }
    }

    /** There is one more than an even number, so the first and the latest stay. */
    private void thinOut() {
        boolean isDropped = false;
        for (Iterator<LogEnd> each = open.iterator(); each.hasNext(); isDropped = !isDropped) {
            each.next();
            if (isDropped) {
                each.remove();
            }
        }
    }

    /**
     * Removes the questions that are passed, and returns the latest of them.
     *
     * @param processedBefore the offset before which everything was processed
     */
    public Optional<LogEnd> pass(long processedBefore) {
        Optional<LogEnd> passed = Optional.empty();
        while (!open.isEmpty() && open.peekFirst().endOffset() <= processedBefore) {
            passed = Optional.of(open.removeFirst());
        }
        return passed;
    }

    /** Number of questions that are kept. */
    int size() {
        return open.size();
    }
}
