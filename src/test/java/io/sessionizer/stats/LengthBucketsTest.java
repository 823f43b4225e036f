package io.sessionizer.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LengthBucketsTest {
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
        "86399, 85200",
        "86400, 86400",
        "604799, 583200",
        "604800, 604800",
        "9223372036, 604800"
    })
    void countsALengthInTheStepThatStartsLastBeforeIt(long seconds, long from) {
        assertEquals(from, LengthBuckets.lowerBound(LengthBuckets.bucketOf(seconds)));
    }

    @Test
    void rise_fromZeroOn() {
        assertEquals(0, LengthBuckets.lowerBound(0));
        for (int step = 1; step < LengthBuckets.COUNT; step++) {
            assertTrue(LengthBuckets.lowerBound(step) > LengthBuckets.lowerBound(step - 1));
            assertEquals(step, LengthBuckets.bucketOf(LengthBuckets.lowerBound(step)));
            assertEquals(step - 1, LengthBuckets.bucketOf(LengthBuckets.lowerBound(step) - 1));
        }
    }

    /** Stored figures are by number of step, so not even one may be put between others. */
    @Test
    void areAsManyAsEver() {
        assertEquals(395, LengthBuckets.COUNT);
    }

    @Test
    void areFineEnough() {
        for (int step = 60; step < LengthBuckets.COUNT - 1; step++) {
            double width = LengthBuckets.lowerBound(step + 1) - LengthBuckets.lowerBound(step);
            assertTrue(
                    width / LengthBuckets.lowerBound(step) <= 0.25,
                    "width of the step from " + LengthBuckets.lowerBound(step));
        }
    }
}
