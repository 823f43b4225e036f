package io.sessionizer.bench.load;

import io.sessionizer.bench.load.EventText.EventKind;
import java.util.Comparator;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * Made-up events in order of arrival: sessions of 1 to 60 events begin evenly over the span, each of a random user who is
 * not active. 3 % of the events are excluded and 2 % come from the API. The same {@link LoadShape} makes the same events. Only
 * the sessions under way are in memory. For one thread.
 */
public final class LoadGenerator implements Iterator<LoadGenerator.LoadEvent> {
    /** How many events a session has on average, as {@link #length} makes them. */
    public static final double MEAN_LENGTH = 8.67;

    /** No event arrives later than this after it happened, in ms: far less than sessions are remembered. */
    public static final long LATEST_MS = 6 * 3_600_000L;

    private static final long SECOND = 1000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final int MOST_EVENTS = 60;
    private static final long LONGEST_PAUSE_MS = 15 * MINUTE;
    private static final double MEAN_PAUSE_MS = 40 * SECOND;

    private final LoadShape shape;
    private final SplittableRandom random;
    private final PriorityQueue<PendingEvent> queue = new PriorityQueue<>(
            Comparator.comparingLong(PendingEvent::arrivalMs).thenComparingLong(PendingEvent::order));
    /** When each user's last session ended. */
    private final long[] busyUntil;

    private final double sessionEveryMs;
    private double nextSession;
    private long queued;
    private int made;

    /**
     * One event.
     *
     * @param number its place in the order of arrival, from 0
     * @param user number of the user
     * @param timeMs when it happened: whole seconds, in epoch ms
     * @param arrivalMs when it reaches the topic, epoch ms: the record's timestamp
     */
    public record LoadEvent(int number, int user, EventKind kind, long timeMs, long arrivalMs) {
        public String userName() {
            return name(user);
        }
    }

    public LoadGenerator(LoadShape shape) {
        this.shape = shape;
        this.random = new SplittableRandom(shape.seed());
        this.busyUntil = new long[shape.users()];
        this.nextSession = shape.startMs();
        this.sessionEveryMs = shape.spanMs() * MEAN_LENGTH / shape.events();
    }

    /** How a user is called, always in as many bytes. */
    public static String name(int user) {
        return "user-" + (10_000_000 + user);
    }

    @Override
    public boolean hasNext() {
        return made < shape.total();
    }

    @Override
    public LoadEvent next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        if (made < shape.before()) {
            return before(made++);
        }
        // what the sessions to come bring arrives after they began
        while (queue.isEmpty() || queue.peek().arrivalMs() >= nextSession) {
            begin((long) nextSession);
            nextSession += -Math.log(1 - random.nextDouble()) * sessionEveryMs;
        }
        PendingEvent first = queue.remove();
        return new LoadEvent(made++, first.user(), first.kind(), first.timeMs(), first.arrivalMs());
    }

    /** All users one after the other, then all of them again. */
    private LoadEvent before(int number) {
        int user = number % shape.users();
        long round = number / shape.users();
        long time = shape.firstMs() + (long) ((round + (double) user / shape.users()) * shape.betweenRememberedMs());
        return new LoadEvent(number, user, EventKind.COUNTED, time / SECOND * SECOND, time);
    }

    private void begin(long start) {
        int user = random.nextInt(shape.users());
        if (start < busyUntil[user]) {
            return;
        }
        long time = (start + SECOND - 1) / SECOND * SECOND;
        int length = length();
        for (int i = 0; i < length; i++) {
            time += i == 0 ? 0 : pause();
            queue.add(new PendingEvent(time + delay(), queued++, user, kind(), time));
        }
        // two sessions that the generator meant as two are two
        busyUntil[user] = time + LoadShape.APART_MS;
    }

    /** A sixth are of one event, most of some, a few very long. */
    private int length() {
        if (random.nextInt(6) == 0) {
            return 1;
        }
        return Math.min(MOST_EVENTS, 2 + (int) (-Math.log(1 - random.nextDouble()) * 8.7));
    }

    private long pause() {
        long pause = (long) (-Math.log(1 - random.nextDouble()) * MEAN_PAUSE_MS);
        return Math.min(pause, LONGEST_PAUSE_MS) / SECOND * SECOND;
    }

    private long delay() {
        int chance = shape.isDisordered() ? random.nextInt(1000) : 1000;
        if (chance < 5) {
            return HOUR + random.nextLong(LATEST_MS - HOUR);
        }
        // from a second on: less is in order, since times are whole seconds
        return chance < 55 ? SECOND + random.nextLong(10 * MINUTE - SECOND) : random.nextLong(SECOND);
    }

    private EventKind kind() {
        int chance = random.nextInt(100);
        return chance < 3 ? EventKind.EXCLUDED : chance < 5 ? EventKind.API : EventKind.COUNTED;
    }

    /** The order settles what arrives in the same millisecond. */
    private record PendingEvent(long arrivalMs, long order, int user, EventKind kind, long timeMs) {}
}
