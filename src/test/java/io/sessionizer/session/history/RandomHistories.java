package io.sessionizer.session.history;

import io.sessionizer.session.ClockRules;
import io.sessionizer.session.SessionRules;
import io.sessionizer.session.history.HistoryStep.StepKind;
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
    /** Whether a user is erased, the gap changes, and the clock is set back. */
    private boolean isEventful;

    private long gap;
    private final List<Long> landmarks = new ArrayList<>();
    private long clock = ClockRules.NONE;

    private RandomHistories(SplittableRandom random, SessionRules rules) {
        this.random = random;
        this.rules = rules;
        this.gap = rules.gapMs();
    }

    /** A history in which nothing is forgotten. */
    public static History remembered(long seed) {
        return of(seed, SessionRules.MAX_SPAN_MS, Integer.MAX_VALUE).make();
    }

    /** A history in which sessions are forgotten soon, and in a few make room for others. */
    public static History forgetful(long seed) {
        return forgetfulOf(seed).make();
    }

    /** A forgetful history in which users are erased, the gap changes, and the clock is set back. */
    public static History eventful(long seed) {
        RandomHistories histories = forgetfulOf(seed);
        histories.isEventful = true;
        return histories.make();
    }

    /** The records of this history, read by another clock. */
    public static History readAgain(History history) {
        long seed = history.steps().stream()
                .mapToLong(step -> 31 * step.value() + step.clock())
                .sum();
        RandomHistories histories = new RandomHistories(new SplittableRandom(seed), history.rules());
        return histories.withClock(
                history.steps().stream().filter(HistoryStep::isRecord).toList());
    }

    private static RandomHistories forgetfulOf(long seed) {
        SplittableRandom random = new SplittableRandom(~seed);
        int maxSessions = random.nextInt(4) == 0 ? 1 + random.nextInt(4) : Integer.MAX_VALUE;
        return of(seed, random.nextInt(3), maxSessions);
    }

    private static RandomHistories of(long seed, long retention, int maxSessions) {
        SplittableRandom random = new SplittableRandom(seed);
        long gap = GAPS[random.nextInt(GAPS.length)];
        SessionRules rules = new SessionRules(
                gap, retention == SessionRules.MAX_SPAN_MS ? retention : retention * gap + 1, maxSessions);
        return new RandomHistories(random, rules);
    }

    private History make() {
        long[] times = times(1 + random.nextInt(random.nextInt(20) == 0 ? 40 : 12));
        reorder(times);
        List<HistoryStep> records = new ArrayList<>();
        for (long time : times) {
            records.add(new HistoryStep(StepKind.EVENT, time, 0));
            if (isEventful && random.nextInt(20) == 0) {
                records.add(HistoryStep.of(StepKind.ERASURE, 0));
            }
        }
        return withClock(records);
    }

    private History withClock(List<HistoryStep> records) {
        startClock(records.stream().mapToLong(HistoryStep::time).toArray());
        int clockMoves = random.nextInt(4);
        int ticks = random.nextInt(5);
        List<HistoryStep> steps = new ArrayList<>();
        for (HistoryStep record : records) {
            if (clockMoves > 0 && random.nextInt(4) < clockMoves) {
                clock = Math.max(clock, record.time());
            }
            landmarks.add(record.time());
            landmarks.add(clock);
            steps.add(new HistoryStep(record.kind(), record.value(), clock));
            while (random.nextInt(5) < ticks) {
                jump();
                steps.add(HistoryStep.of(random.nextInt(3) == 0 ? StepKind.DUE_WORK : StepKind.CLOCK, clock));
                if (isEventful && random.nextInt(4) == 0) {
                    steps.add(change());
                }
            }
        }
        return new History(rules, random.nextBoolean(), steps);
    }

    private HistoryStep change() {
        if (random.nextBoolean() && clock > 0) {
            clock = Math.max(0, clock - random.nextLong(1 + 3 * gap));
            return HistoryStep.of(StepKind.SET_BACK, clock);
        }
        long changed = random.nextBoolean() ? gap * 2 - random.nextInt(2) : gap / 2;
        gap = Math.min(SessionRules.MAX_SPAN_MS, Math.max(1, changed));
        return new HistoryStep(StepKind.NEW_GAP, gap, clock);
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
                    case 0, 1 -> landmark + gap + edge();
                    case 2 ->
                        rules.retentionMs() == SessionRules.MAX_SPAN_MS
                                ? landmark
                                : landmark + (random.nextBoolean() ? gap : 0) + rules.retentionMs() + edge();
                    case 3 -> landmark + edge();
                    default -> clock + random.nextLong(3 * gap);
                };
        clock = Math.max(clock, target);
        landmarks.add(clock);
    }
}
