package io.sessionizer.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.session.Published;
import org.junit.jupiter.api.Test;

class SessionStatsTest {
    private static final Published TEN_MINUTES = new Published(1_000, 601_999, 7);
    private static final Published A_MOMENT = new Published(5_000, 5_000, 1);

    private final SessionStats figures = new SessionStats();

    @Test
    void countsSessionsLengthsAndEvents() {
        figures.count(TEN_MINUTES);
        figures.count(A_MOMENT);
        assertEquals(2, figures.sessions());
        assertEquals(600, figures.lengthSeconds());
        assertEquals(8, figures.events());
        assertEquals(1, figures.inBucket(LengthBuckets.bucketOf(600)));
        assertEquals(1, figures.inBucket(0));
    }

    @Test
    void takesBackWhatItCounted() {
        figures.count(TEN_MINUTES);
        figures.count(A_MOMENT);
        figures.remove(TEN_MINUTES);
        SessionStats one = new SessionStats();
        one.count(A_MOMENT);
        assertEquals(one, figures);
        figures.remove(A_MOMENT);
        assertEquals(new SessionStats(), figures);
        assertTrue(figures.isEmpty());
    }

    @Test
    void countsNothingWhereNothingWasTold() {
        figures.count(Published.NONE);
        assertEquals(new SessionStats(), figures);
    }

    @Test
    void addsAndSubtractsOthers() {
        SessionStats other = new SessionStats();
        other.count(TEN_MINUTES);
        figures.count(A_MOMENT);
        figures.add(other);
        figures.add(other);
        assertEquals(3, figures.sessions());
        assertEquals(1_200, figures.lengthSeconds());
        assertEquals(15, figures.events());
        figures.subtract(other);
        figures.subtract(other);
        assertEquals(1, figures.inBucket(0));
        assertEquals(0, figures.inBucket(LengthBuckets.bucketOf(600)));
        assertEquals(1, figures.sessions());
    }

    @Test
    void differsWhereJustTheLengthsAreSpreadOtherwise() {
        figures.addToBucket(0, 2);
        SessionStats other = new SessionStats();
        other.addToBucket(0, 1);
        other.addToBucket(1, 1);
        assertNotEquals(other, figures);
    }
}
