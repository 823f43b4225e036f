package io.sessionizer.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class QuietTimeTest {
    private static final long SECOND = 1_000_000_000;

    @Test
    void countsTheTimeInWhichTheLeaderAnswers() {
        QuietTime quiet = answered(QuietTime.startingAt(0), 1, 30);
        assertEquals(30_000, quiet.ms());
        assertTrue(quiet.hasLasted(30_000));
        assertFalse(quiet.hasLasted(30_001));
    }

    /** One slow second in each 25 must not start it again, or it would never last for 30. */
    @Test
    void continuesAfterAnAnswerThatDidNotCome() {
        QuietTime quiet = QuietTime.startingAt(0);
        for (int second = 1; second <= 40; second++) {
            quiet = second % 25 == 0 ? quiet : quiet.answered(second * SECOND);
        }
        assertEquals(40_000, quiet.ms());
    }

    @Test
    void leavesOutTheTimeWithoutAnswers() {
        QuietTime quiet = answered(QuietTime.startingAt(0), 1, 10);
        quiet = quiet.answered(3_600 * SECOND);
        assertEquals(10_000 + QuietTime.LONGEST_INTERVAL_MS, quiet.ms());
    }

    @Test
    void ignoresAnEarlierQuestionThatIsAnsweredLater() {
        QuietTime quiet = answered(QuietTime.startingAt(0), 1, 10);
        assertEquals(quiet, quiet.answered(5 * SECOND));
    }

    @Test
    void countsFromItsStart() {
        assertEquals(
                1_000, QuietTime.startingAt(5 * SECOND).answered(6 * SECOND).ms());
        assertEquals(0, QuietTime.startingAt(5 * SECOND).answered(5 * SECOND).ms());
    }

    private static QuietTime answered(QuietTime from, int first, int last) {
        QuietTime quiet = from;
        for (int second = first; second <= last; second++) {
            quiet = quiet.answered(second * SECOND);
        }
        return quiet;
    }
}
