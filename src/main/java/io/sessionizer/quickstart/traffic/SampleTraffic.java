package io.sessionizer.quickstart.traffic;

import io.sessionizer.event.RejectionReason;
import java.util.Comparator;
import java.util.Iterator;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.LongSupplier;

/**
 * Records of a shop's visitors in order of arrival: history from a start until now, then live traffic without end. The
 * same seed gives the same bytes. Only sessions in progress are in memory. Not thread-safe.
 */
final class SampleTraffic implements Iterator<SampleRecord> {
    private static final long SECOND = 1000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    /** Far enough apart that two visits of a user are two sessions. */
    private static final long PAUSE_MS = 25 * MINUTE;

    private static final long BROKEN_EVERY_MS = 17 * HOUR;

    private final PriorityQueue<Queued> queue =
            new PriorityQueue<>(Comparator.comparingLong(Queued::arrival).thenComparingLong(Queued::order));
    private final Random random;
    private final SampleShop shop;
    private final TrafficPattern pattern;
    private final long[] busyUntil;
    private long minute;
    private long nextBroken;
    private int brokenSoFar;
    private long queued;

    /**
     * @param seed of everything random
     * @param users number of visitors, at least 1
     * @param start when the history begins, in epoch ms
     * @param pattern how many sessions begin when
     */
    SampleTraffic(long seed, int users, long start, TrafficPattern pattern) {
        this.random = new Random(seed);
        this.shop = new SampleShop(random);
        this.busyUntil = new long[users];
        this.minute = start;
        this.pattern = pattern;
        this.nextBroken = start + HOUR;
    }

    @Override
    public boolean hasNext() {
        return true;
    }

    @Override
    public SampleRecord next() {
        nextArrival();
        return queue.remove().sample();
    }

    /** When the next record arrives, in epoch ms. */
    long nextArrival() {
        // Records of later minutes arrive after these begin.
        while (queue.isEmpty() || queue.peek().arrival() >= minute) {
            generateMinute();
            minute += MINUTE;
        }
        return queue.peek().arrival();
    }

    /** What arrives up to {@code time}, in epoch ms: a view of this traffic, which continues after it. */
    Iterator<SampleRecord> upTo(LongSupplier time) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return nextArrival() <= time.getAsLong();
            }

            @Override
            public SampleRecord next() {
                return SampleTraffic.this.next();
            }
        };
    }

    private void generateMinute() {
        for (int visits = poisson(pattern.sessionsPerMinute(minute)); visits > 0; visits--) {
            visit(minute + random.nextInt((int) MINUTE));
        }
        if (minute >= nextBroken) {
            RejectionReason reason = RejectionReason.values()[brokenSoFar++ % RejectionReason.values().length];
            enqueue(BrokenRecords.broken(reason, minute, name(anyUser())));
            nextBroken += BROKEN_EVERY_MS;
        }
    }

    private void visit(long start) {
        int user = anyUser();
        String name = name(user);
        if (random.nextInt(20) == 0) {
            enqueue(SampleRecord.of(start, name, shop.notification(name, start)));
        }
        if (start < busyUntil[user]) {
            return;
        }
        String source = device(user);
        if (busyUntil[user] == 0 && !source.equals("Web")) {
            enqueue(SampleRecord.of(start, name, shop.installation(name, start, source)));
        }
        long end = generateVisit(name, source, start);
        busyUntil[user] = end + PAUSE_MS;
        if (random.nextInt(25) == 0) {
            long shipped = end + HOUR + random.nextInt((int) (8 * HOUR));
            enqueue(SampleRecord.of(shipped, name, shop.shipment(name, shipped)));
        }
    }

    /** Generates one visit, and returns the time of its last event. */
    private long generateVisit(String name, String source, long start) {
        int length = length();
        long slowness = (10 + random.nextInt(50)) * SECOND;
        // A phone that is offline buffers its events and uploads them hours later.
        boolean offline = !source.equals("Web") && random.nextInt(25) == 0;
        int offlineFrom = offline ? random.nextInt(length) : length;
        int onlineFrom = offline ? offlineFrom + 1 + random.nextInt(length) : length;
        long delay = HOUR / 2 + random.nextInt((int) (6 * HOUR));
        long time = start;
        for (int event = 0; event < length; event++) {
            time += event == 0 ? 0 : pause(slowness);
            long latency = 100 + random.nextInt(2000);
            boolean late = event >= offlineFrom && event < onlineFrom;
            enqueue(SampleRecord.of(time + latency + (late ? delay : 0), name, shop.visit(name, time, source)));
        }
        return time;
    }

    private int length() {
        int dice = random.nextInt(100);
        if (dice < 18) {
            return 1;
        }
        if (dice < 72) {
            return 2 + random.nextInt(7);
        }
        return dice < 95 ? 8 + random.nextInt(12) : 20 + random.nextInt(21);
    }

    /** Time to the visitor's next event in ms: mostly seconds, now and then minutes, always within a session. */
    private long pause(long slowness) {
        double mean = random.nextInt(15) == 0 ? slowness * 8.0 : slowness;
        long pause = (long) (-Math.log(1 - random.nextDouble()) * mean);
        return Math.min(3 * SECOND + pause, 15 * MINUTE);
    }

    private int poisson(double expected) {
        double limit = Math.exp(-expected);
        int count = 0;
        for (double product = random.nextDouble(); product > limit; product *= random.nextDouble()) {
            count++;
        }
        return count;
    }

    /** Some users come daily, most of them rarely. */
    private int anyUser() {
        double u = random.nextDouble();
        return (int) (u * u * busyUntil.length);
    }

    private static String name(int user) {
        return "user-" + (1000 + user);
    }

    private static String device(int user) {
        return switch (user % 5) {
            case 0, 3 -> "Android";
            case 1 -> "iOS";
            default -> "Web";
        };
    }

    private void enqueue(SampleRecord sample) {
        queue.add(new Queued(sample.arrival(), queued++, sample));
    }

    /** The order settles what arrives in the same millisecond, so that the same seed gives the same order. */
    private record Queued(long arrival, long order, SampleRecord sample) {}
}
