package io.sessionizer.bench.load;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The sessions as they must be in the end, by their definition alone: each user's events that count, sorted by time, and
 * split where two neighbours lie more than the gap apart. No rule of forgetting is needed, since no event of a
 * {@link LoadGenerator} is late by as much as sessions are remembered.
 */
public final class TrueSessions {
    private static final int NONE = -1;
    private static final int INDEX_BITS = 28;

    private final ExpectedSession[] sessions;
    /** Of each event by its number; {@link #NONE} where it does not count. */
    private final int[] sessionOf;

    private final int counted;

    /**
     * A session as it is published.
     *
     * @param startMs event time of its first event, epoch ms
     * @param endMs event time of its last event, epoch ms
     */
    public record ExpectedSession(String user, long startMs, long endMs, long events) {}

    private TrueSessions(ExpectedSession[] sessions, int[] sessionOf, int counted) {
        this.sessions = sessions;
        this.sessionOf = sessionOf;
        this.counted = counted;
    }

    /** The sessions of all that the shape makes. */
    public static TrueSessions of(LoadShape shape, long gapMs) {
        int[] firstOfUser = new int[shape.users() + 1];
        new LoadGenerator(shape).forEachRemaining(event -> {
            if (event.kind().counts()) {
                firstOfUser[event.user() + 1]++;
            }
        });
        Arrays.parallelPrefix(firstOfUser, Integer::sum);
        int[] next = Arrays.copyOf(firstOfUser, shape.users());
        // time in seconds since the first, then the event's number: sorted as numbers, they are sorted by time
        long[] events = new long[firstOfUser[shape.users()]];
        new LoadGenerator(shape).forEachRemaining(event -> {
            if (event.kind().counts()) {
                long seconds = (event.timeMs() - shape.firstMs()) / 1000;
                events[next[event.user()]++] = seconds << INDEX_BITS | event.number();
            }
        });
        return new SessionSplitter(shape, events, gapMs).split(firstOfUser);
    }

    public int count() {
        return sessions.length;
    }

    /** How many events count. */
    public int counted() {
        return counted;
    }

    public boolean counts(int event) {
        return sessionOf[event] != NONE;
    }

    /** The number of the session that an event which counts belongs to. */
    public int sessionOf(int event) {
        return sessionOf[event];
    }

    /** How many of the sessions are not among {@code concluded}. */
    public int missingFrom(Iterable<ExpectedSession> concluded) {
        Map<ExpectedSession, Integer> left = new HashMap<>();
        concluded.forEach(session -> left.merge(session, 1, Integer::sum));
        int missing = 0;
        for (ExpectedSession session : sessions) {
            if (left.merge(session, -1, Integer::sum) < 0) {
                missing++;
            }
        }
        return missing;
    }

    /** The second half of making them. */
    private static final class SessionSplitter {
        private static final long INDEX = (1L << INDEX_BITS) - 1;

        private final LoadShape shape;
        private final long[] events;
        private final long gapSeconds;
        private final int[] sessionOf;
        private ExpectedSession[] sessions = new ExpectedSession[1024];
        private int count;

        SessionSplitter(LoadShape shape, long[] events, long gapMs) {
            this.shape = shape;
            this.events = events;
            this.gapSeconds = gapMs / 1000;
            this.sessionOf = new int[shape.total()];
        }

        TrueSessions split(int[] firstOfUser) {
            Arrays.fill(sessionOf, NONE);
            for (int user = 0; user < shape.users(); user++) {
                int from = firstOfUser[user];
                int to = firstOfUser[user + 1];
                Arrays.sort(events, from, to);
                for (int first = from, i = from + 1; i <= to; i++) {
                    if (i == to || seconds(i) - seconds(i - 1) > gapSeconds) {
                        add(user, first, i);
                        first = i;
                    }
                }
            }
            return new TrueSessions(Arrays.copyOf(sessions, count), sessionOf, events.length);
        }

        private void add(int user, int from, int to) {
            for (int i = from; i < to; i++) {
                sessionOf[(int) (events[i] & INDEX)] = count;
            }
            if (count == sessions.length) {
                sessions = Arrays.copyOf(sessions, 2 * count);
            }
            sessions[count++] = new ExpectedSession(LoadGenerator.name(user), timeMs(from), timeMs(to - 1), to - from);
        }

        private long seconds(int i) {
            return events[i] >>> INDEX_BITS;
        }

        private long timeMs(int i) {
            return shape.firstMs() + seconds(i) * 1000;
        }
    }
}
