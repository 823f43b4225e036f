package io.sessionizer.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.event.UncountedReason;
import io.sessionizer.event.UncountedReason.EventPart;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RecentEventsTest {
    private static final UncountedReason IDENTIFY = new UncountedReason(EventPart.TYPE, "identify");
    private static final UncountedReason API = new UncountedReason(EventPart.SOURCE, "API");

    private final RecentEvents recent = new RecentEvents();

    @Test
    void beginsWhen99PerCentOfTheLast1000DoNotCount() {
        count(11);
        doNotCount(989, IDENTIFY);
        assertEquals(Optional.empty(), recent.nearlyAllUncounted());
        doNotCount(1, IDENTIFY);
        assertEquals(Optional.of(IDENTIFY), recent.nearlyAllUncounted());
    }

    @Test
    void needsEnoughEvents() {
        doNotCount(989, IDENTIFY);
        assertEquals(Optional.empty(), recent.nearlyAllUncounted());
        doNotCount(1, IDENTIFY);
        assertEquals(Optional.of(IDENTIFY), recent.nearlyAllUncounted(), "whether the next ten count or not");
    }

    @Test
    void endsWhenMoreThan5PerCentCountAgain() {
        doNotCount(1000, IDENTIFY);
        count(50);
        assertEquals(Optional.of(IDENTIFY), recent.nearlyAllUncounted());
        count(1);
        assertEquals(Optional.empty(), recent.nearlyAllUncounted());
    }

    @Test
    void namesTheMostFrequentReason_andKeepsItUntilItEnds() {
        doNotCount(700, API);
        doNotCount(300, IDENTIFY);
        assertEquals(Optional.of(API), recent.nearlyAllUncounted());
        doNotCount(2000, IDENTIFY);
        assertEquals(Optional.of(API), recent.nearlyAllUncounted());
        count(51);
        doNotCount(1000, IDENTIFY);
        assertEquals(Optional.of(IDENTIFY), recent.nearlyAllUncounted());
    }

    /** Reasons are compared by their values, regardless of their events. */
    @Test
    void addsUpEqualReasons() {
        for (int i = 0; i < 1000; i++) {
            recent.addUncounted(i % 3 == 0 ? IDENTIFY : new UncountedReason(EventPart.NAME, "n" + i % 15));
        }
        assertEquals(Optional.of(IDENTIFY), recent.nearlyAllUncounted());
    }

    @Test
    void agreesWithACountOverTheLast1000() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("RecentEventsTest seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        List<Optional<UncountedReason>> all = new ArrayList<>();
        boolean isReported = false;
        int reports = 0;
        for (int phase = 0; phase < 60; phase++) {
            double counted = new double[] {0, 0.005, 0.01, 0.03, 0.06, 0.3}[random.nextInt(6)];
            int reasons = 1 + random.nextInt(20);
            for (int i = random.nextInt(1, 1500); i > 0; i--) {
                all.add(random.nextDouble() < counted ? Optional.empty() : Optional.of(reason(random, reasons)));
                add(all.get(all.size() - 1));
                List<UncountedReason> uncounted = all.subList(Math.max(0, all.size() - 1000), all.size()).stream()
                        .flatMap(Optional::stream)
                        .toList();
                if (!isReported && uncounted.size() >= 990) {
                    reports++;
                    assertMostFrequent(uncounted);
                }
                isReported = uncounted.size() >= (isReported ? 950 : 990);
                assertEquals(isReported, recent.nearlyAllUncounted().isPresent(), "after event " + all.size());
            }
        }
        assertTrue(reports > 0, "it must begin at least once");
    }

    private static UncountedReason reason(SplittableRandom random, int reasons) {
        EventPart part = EventPart.values()[random.nextInt(3)];
        return new UncountedReason(part, "value " + random.nextInt(reasons));
    }

    private void assertMostFrequent(List<UncountedReason> uncounted) {
        int most = uncounted.stream()
                .mapToInt(each -> Collections.frequency(uncounted, each))
                .max()
                .orElseThrow();
        assertEquals(
                most,
                Collections.frequency(uncounted, recent.nearlyAllUncounted().orElseThrow()));
    }

    private void add(Optional<UncountedReason> reason) {
        reason.ifPresentOrElse(recent::addUncounted, recent::addCounted);
    }

    private void count(int events) {
        for (int i = 0; i < events; i++) {
            recent.addCounted();
        }
    }

    private void doNotCount(int events, UncountedReason reason) {
        for (int i = 0; i < events; i++) {
            recent.addUncounted(reason);
        }
    }
}
