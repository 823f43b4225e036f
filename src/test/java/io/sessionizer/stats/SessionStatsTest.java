package io.sessionizer.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.session.Published;
import org.junit.jupiter.api.Test;

class SessionStatsTest {
    private static final Published TEN_MINUTES = new Published(1_000, 601_999, 7);
    private static final Published A_MOMENT = new Published(5_000, 5_000, 1);

    private final SessionStats stats = new SessionStats();

    @Test
    void countsSessionsLengthsAndEvents() {
        stats.count(TEN_MINUTES);
        stats.count(A_MOMENT);
        assertEquals(2, stats.sessions());
        assertEquals(600, stats.lengthSeconds());
        assertEquals(8, stats.events());
        assertEquals(1, stats.inBucket(LengthBuckets.bucketOf(600)));
        assertEquals(1, stats.inBucket(0));
    }

    @Test
    void removesWhatItCounted() {
        stats.count(TEN_MINUTES);
        stats.count(A_MOMENT);
        stats.remove(TEN_MINUTES);
        SessionStats one = new SessionStats();
        one.count(A_MOMENT);
        assertEquals(one, stats);
        stats.remove(A_MOMENT);
        assertEquals(new SessionStats(), stats);
        assertTrue(stats.isEmpty());
    }

    @Test
    void countsNothing_whenNothingWasPublished() {
        stats.count(Published.NONE);
        assertEquals(new SessionStats(), stats);
    }

    @Test
    void addsAndSubtractsOthers() {
        SessionStats other = new SessionStats();
        other.count(TEN_MINUTES);
        stats.count(A_MOMENT);
        stats.add(other);
        stats.add(other);
        assertEquals(3, stats.sessions());
        assertEquals(1_200, stats.lengthSeconds());
        assertEquals(15, stats.events());
        stats.subtract(other);
        stats.subtract(other);
        assertEquals(1, stats.inBucket(0));
        assertEquals(0, stats.inBucket(LengthBuckets.bucketOf(600)));
        assertEquals(1, stats.sessions());
    }

    @Test
    void differsWhenOnlyTheBucketsDiffer() {
        stats.addToBucket(0, 2);
        SessionStats other = new SessionStats();
        other.addToBucket(0, 1);
        other.addToBucket(1, 1);
        assertNotEquals(other, stats);
    }
}
