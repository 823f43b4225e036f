package io.sessionizer.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.bench.load.EventText.EventKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LoadGeneratorTest {
    private static final int EVENTS = 200_000;
    private static final long GAP = 20 * 60_000;
    private static final long START = 1_700_000_000_000L;
    private static final LoadShape SHAPE = new LoadShape(7, 5_000, EVENTS, START, 40 * 3_600_000L, 0, true);
    private static final List<LoadGenerator.LoadEvent> MADE = made(SHAPE);

    private static List<LoadGenerator.LoadEvent> made(LoadShape shape) {
        List<LoadGenerator.LoadEvent> events = new ArrayList<>();
        new LoadGenerator(shape).forEachRemaining(events::add);
        return events;
    }

    @Test
    void sameSeedMakesTheSameEvents() {
        assertEquals(MADE, made(SHAPE));
    }

    @Test
    void comesInOrderOfArrival_numberedFromZero() {
        for (int i = 0; i < EVENTS; i++) {
            assertEquals(i, MADE.get(i).number());
            assertTrue(i == 0 || MADE.get(i - 1).arrivalMs() <= MADE.get(i).arrivalMs(), "arrival of " + i);
        }
    }

    @Test
    void hasTheSharesOfRealTraffic() {
        assertShare(0.03, event -> event.kind() == EventKind.EXCLUDED);
        assertShare(0.02, event -> event.kind() == EventKind.API);
        assertShare(0.05, event -> delay(event) >= 1000 && delay(event) <= 10 * 60_000);
        assertShare(0.005, event -> delay(event) >= 3_600_000 && delay(event) <= LoadGenerator.LATEST_MS);
        assertEquals(
                0,
                MADE.stream()
                        .filter(event -> delay(event) > 10 * 60_000 && delay(event) < 3_600_000)
                        .count());
    }

    private static long delay(LoadGenerator.LoadEvent event) {
        return event.arrivalMs() - event.timeMs();
    }

    /** To a tenth: what is late at the end of the traffic is cut off. */
    private static void assertShare(double share, Predicate<LoadGenerator.LoadEvent> of) {
        double found = (double) MADE.stream().filter(of).count() / EVENTS;
        assertEquals(share, found, share / 10);
    }

    @Test
    void eventsAreOfAbout300Bytes() {
        double bytes = MADE.stream()
                .limit(1000)
                .mapToInt(event -> EventText.of(event.number(), event.userName(), event.kind(), event.timeMs() / 1000)
                        .getBytes(StandardCharsets.UTF_8)
                        .length)
                .average()
                .orElseThrow();
        assertEquals(300, bytes, 30);
    }

    @Test
    void sessionsHaveOneToSixtyEvents() {
        TrueSessions sessions = TrueSessions.of(SHAPE, GAP);
        int[] lengths = new int[sessions.count()];
        MADE.stream()
                .filter(event -> sessions.counts(event.number()))
                .forEach(event -> lengths[sessions.sessionOf(event.number())]++);
        assertEquals(1, IntStream.of(lengths).min().orElseThrow());
        assertTrue(IntStream.of(lengths).max().orElseThrow() <= 60, "the longest session");
        assertTrue(IntStream.of(lengths).max().orElseThrow() > 45, "the longest session");
        assertEquals(sessions.counted(), IntStream.of(lengths).sum());
        // what does not count, and what comes after the end, is missing
        assertEquals(
                0.95 * LoadGenerator.MEAN_LENGTH,
                IntStream.of(lengths).average().orElseThrow(),
                0.4);
    }

    @Test
    void everyUserHasHadTheSessionsBefore_noTwoLinked() {
        LoadShape shape = new LoadShape(7, 50, 1_000, START, 3_600_000, 3, true);
        List<LoadGenerator.LoadEvent> events = made(shape);
        TrueSessions sessions = TrueSessions.of(shape, GAP);
        assertEquals(
                150, IntStream.range(0, 150).map(sessions::sessionOf).distinct().count());
        assertTrue(
                IntStream.range(150, 1_150)
                        .filter(sessions::counts)
                        .noneMatch(i ->
                                IntStream.range(0, 150).anyMatch(j -> sessions.sessionOf(i) == sessions.sessionOf(j))),
                "the sessions before are over before the others begin");
        assertTrue(events.get(149).arrivalMs() < START, "they come before");
    }
}
