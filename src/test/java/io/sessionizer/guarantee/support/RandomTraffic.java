package io.sessionizer.guarantee.support;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * Made-up events in the order in which they reach the broker: many users with pauses around the inactivity gap, events
 * out of order, uploads late by hours, pauses of exactly the gap and a millisecond more, events that don't count, and
 * broken ones. The same seed makes the same events. For one thread at a time.
 */
public final class RandomTraffic {
    private static final long MINUTE = 60_000;

    private final TrafficShape shape;
    private final SplittableRandom random;
    private final Map<String, Long> lastTimes = new HashMap<>();
    private final List<TestEvent> events = new ArrayList<>();
    private long arrival;
    private boolean hasErasures;

    /**
     * How much of it.
     *
     * @param users how many there are; the low numbers are the busier ones
     * @param startMs when the first event arrives, epoch ms
     * @param stepMs ms of the events' time between two arrivals, on average
     * @param gapMs the inactivity gap, in ms
     */
    public record TrafficShape(int users, long startMs, long stepMs, long gapMs) {}

    public RandomTraffic(long seed, TrafficShape shape) {
        this.shape = shape;
        this.random = new SplittableRandom(seed);
        this.arrival = shape.startMs();
        System.out.println("Traffic: seed " + seed + "L, " + shape);
    }

    /** Some users are erased from now on, regardless of their later events. */
    public RandomTraffic withErasures() {
        hasErasures = true;
        return this;
    }

    /** Makes the next {@code count} events, each of which is passed on at once. */
    public void make(int count, Consumer<TestEvent> sink) {
        for (int i = 0; i < count; i++) {
            TestEvent event = next();
            events.add(event);
            sink.accept(event);
        }
    }

    /** All made so far, in order of arrival. */
    public List<TestEvent> events() {
        return events;
    }

    /** An event that does not count, yet moves a clock past the end of every session so far. */
    public TestEvent closing() {
        long later = arrival + 2 * shape.gapMs();
        return new TestEvent("closing", "nobody", TestEvent.TestEventKind.EXCLUDED, later, later);
    }

    private TestEvent next() {
        arrival += random.nextLong(2 * shape.stepMs() + 1);
        double busy = random.nextDouble();
        String user = "user-" + (int) (shape.users() * busy * Math.sqrt(busy));
        long time = time(user);
        lastTimes.merge(user, time, Math::max);
        return new TestEvent("e" + events.size(), user, kind(), time, arrival);
    }

    private long time(String user) {
        long last = lastTimes.getOrDefault(user, 0L);
        long atTheEdge = last + shape.gapMs() + random.nextLong(2);
        int chance = random.nextInt(1000);
        if (chance < 20 && last > 0 && atTheEdge <= arrival) {
            return atTheEdge;
        }
        if (chance < 50) {
            return arrival - random.nextLong(180 * MINUTE);
        }
        if (chance < 150) {
            return arrival - random.nextLong(shape.gapMs());
        }
        return arrival - random.nextLong(2_000);
    }

    private TestEvent.TestEventKind kind() {
        int chance = random.nextInt(1000);
        if (hasErasures && random.nextInt(200) == 0) {
            return TestEvent.TestEventKind.ERASURE;
        }
        if (chance < 20) {
            return chance < 10 ? TestEvent.TestEventKind.EXCLUDED : TestEvent.TestEventKind.UNTRACKED;
        }
        return chance < 22 ? TestEvent.TestEventKind.BROKEN : TestEvent.TestEventKind.COUNTED;
    }
}
