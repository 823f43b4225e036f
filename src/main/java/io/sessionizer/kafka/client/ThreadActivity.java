package io.sessionizer.kafka.client;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The activity of one stream thread, derived from its calls of Kafka's clients. Only that thread writes it, for each
 * record and therefore without a memory barrier; any thread may read it.
 */
final class ThreadActivity {
    private final AtomicReference<ClientCall> call = new AtomicReference<>(ClientCall.NONE);
    private final AtomicLong moves = new AtomicLong();

    /** What a thread is waiting for. */
    enum ClientCall {
        /** Nothing: the thread runs code of the service or of Kafka Streams. */
        NONE,
        /** Records, or the end of a rebalance. */
        POLL,
        /** A broker: a commit, a flush, a full buffer. */
        BROKER
    }

    /** The thread enters a call. Pass the result to {@link #leave}, since a call may be made within another. */
    ClientCall enter(ClientCall next) {
        ClientCall before = call.getPlain();
        call.lazySet(next);
        moves.lazySet(moves.getPlain() + 1);
        return before;
    }

    /** The call that was entered has ended. */
    void leave(ClientCall before) {
        call.lazySet(before);
        moves.lazySet(moves.getPlain() + 1);
    }

    ClientCall call() {
        return call.get();
    }

    /** A number that differs from an earlier one if the thread has moved since. */
    long moves() {
        return moves.get();
    }
}
