package io.sessionizer.session.history;

import io.sessionizer.session.ClockRules;
import io.sessionizer.session.SessionRules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Makes random histories that crowd where the rules turn: at the gap, the due time and the end of the retention, ±1 ms. */
public final class RandomHistories {
    private static final long[] GAPS = {1, 2, 3, 10, 1_000, 1_200_000};
    private static final long HOUR_MS = 3_600_000;
    private static final long EPOCH_OF_TESTS = 1_468_308_340_000L;

    private final SplittableRandom random;
    private final SessionRules rules;
    private final List<Long> landmarks = new ArrayList<>();
    private long clock = ClockRules.NONE;

    private RandomHistories(SplittableRandom random, SessionRules rules) {
        this.random = random;
        this.rules = rules;
    }

    /** A history in which nothing is forgotten. */
    public static History remembered(long seed) {
        return of(seed, SessionRules.MAX_SPAN_MS, Integer.MAX_VALUE);
    }

    /** A history in which sessions are forgotten soon, and in a few make room for others. */
    public static History forgetful(long seed) {
        SplittableRandom random = new SplittableRandom(~seed);
        int maxSessions = random.nextInt(4) == 0 ? 1 + random.nextInt(4) : Integer.MAX_VALUE;
        return of(seed, random.nextInt(3), maxSessions);
    }

    private static History of(long seed, long retention, int maxSessions) {
        SplittableRandom random = new SplittableRandom(seed);
        long gap = GAPS[random.nextInt(GAPS.length)];
        SessionRules rules = new SessionRules(
                gap, retention == SessionRules.MAX_SPAN_MS ? retention : retention * gap + 1, maxSessions);
        return new RandomHistories(random, rules).make();
    }

    private History make() {
        long[] times = times(1 + random.nextInt(random.nextInt(20) == 0 ? 40 : 12));
        reorder(times);
        startClock(times);
        int clockMoves = random.nextInt(4);
        int ticks = random.nextInt(5);
        List<HistoryStep> steps = new ArrayList<>();
        for (long time : times) {
            if (clockMoves > 0 && random.nextInt(4) < clockMoves) {
                clock = Math.max(clock, time);
            }
            landmarks.add(time);
            landmarks.add(clock);
            steps.add(new HistoryStep(time, clock));
            if (random.nextInt(5) < ticks) {
                jump();
                steps.add(new HistoryStep(HistoryStep.TICK, clock));
            }
        }
        return new History(rules, random.nextBoolean(), steps);
    }

    /** Clusters around multiples of the gap, duplicates, neighbours at the gap ±1 ms of one that is there, bridges. */
    private long[] times(int count) {
        long[] times = new long[count];
        int span = 1 + random.nextInt(2 * count);
        for (int i = 0; i < count; i++) {
            long near = i == 0 ? EPOCH_OF_TESTS : times[random.nextInt(i)];
            times[i] = switch (random.nextInt(6)) {
                case 0 -> near;
                case 1 -> near + rules.gapMs() + edge();
                case 2 -> near - rules.gapMs() + edge();
                case 3 -> near + 2 * rules.gapMs() + edge();
                case 4 -> EPOCH_OF_TESTS + random.nextLong(span * rules.gapMs() + 1);
                default -> EPOCH_OF_TESTS + random.nextInt(span) * rules.gapMs() + edge();
            };
        }
        return times;
    }

    private int edge() {
        return random.nextInt(3) - 1;
    }

    private void reorder(long[] times) {
        int order = random.nextInt(5);
        if (order == 0) {
            return;
        }
        Arrays.sort(times);
        int swaps = order == 1 ? 0 : order == 2 ? 2 : 2 * times.length;
        for (int i = 0; i < swaps; i++) {
            swap(times, random.nextInt(times.length), random.nextInt(times.length));
        }
        if (order == 4) {
            for (int i = 0; i < times.length / 2; i++) {
                swap(times, i, times.length - 1 - i);
            }
        }
    }

    private static void swap(long[] times, int a, int b) {
        long time = times[a];
        times[a] = times[b];
        times[b] = time;
    }

    /** Without a clock yet, at an event, or hours past them all, as for a phone that was offline. */
    private void startClock(long[] times) {
        clock = switch (random.nextInt(4)) {
            case 0, 1 -> ClockRules.NONE;
            case 2 -> times[0];
            default -> Arrays.stream(times).max().orElseThrow() + random.nextLong(10 * HOUR_MS);
        };
    }

    /** To where something may be due or forgotten, ±1 ms, or some way on as the wall clock does. */
    private void jump() {
        long landmark = landmarks.get(random.nextInt(landmarks.size()));
        long target =
                switch (random.nextInt(5)) {
                    case 0, 1 -> landmark + rules.gapMs() + edge();
                    case 2 ->
                        rules.retentionMs() == SessionRules.MAX_SPAN_MS
                                ? landmark
                                : landmark + rules.gapMs() + rules.retentionMs() + edge();
                    case 3 -> landmark + edge();
                    default -> clock + random.nextLong(3 * rules.gapMs());
                };
        clock = Math.max(clock, target);
        landmarks.add(clock);
    }
}
