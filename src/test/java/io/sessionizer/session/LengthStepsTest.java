package io.sessionizer.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LengthStepsTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1, 1",
        "59, 59",
        "60, 60",
        "64, 60",
        "65, 65",
        "299, 295",
        "300, 300",
        "314, 300",
        "899, 885",
        "900, 900",
        "929, 900",
        "1799, 1770",
        "1800, 1800",
        "1859, 1800",
        "7199, 7140",
        "7200, 7200",
        "21599, 21300",
        "21600, 21600",
        "86399, 84600",
        "86400, 86400",
        "604799, 583200",
        "604800, 604800",
        "9223372036, 604800"
    })
    void countsALengthInTheStepThatStartsLastBeforeIt(long seconds, long from) {
        assertEquals(from, LengthSteps.from(LengthSteps.of(seconds)));
    }

    @Test
    void rise_fromZeroOn() {
        assertEquals(0, LengthSteps.from(0));
        for (int step = 1; step < LengthSteps.COUNT; step++) {
            assertTrue(LengthSteps.from(step) > LengthSteps.from(step - 1));
            assertEquals(step, LengthSteps.of(LengthSteps.from(step)));
            assertEquals(step - 1, LengthSteps.of(LengthSteps.from(step) - 1));
        }
    }

    /** Stored figures are by number of step, so not even one may be put between others. */
    @Test
    void areAsManyAsEver() {
        assertEquals(377, LengthSteps.COUNT);
    }

    @Test
    void areFineEnough() {
        for (int step = 60; step < LengthSteps.COUNT - 1; step++) {
            double width = LengthSteps.from(step + 1) - LengthSteps.from(step);
            assertTrue(width / LengthSteps.from(step) <= 0.25, "width of the step from " + LengthSteps.from(step));
        }
    }
}
