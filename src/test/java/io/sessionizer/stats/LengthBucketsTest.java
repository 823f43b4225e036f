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
    void countsALengthInTheLastBucketThatStartsNoLaterThanIt(long seconds, long from) {
        assertEquals(from, LengthBuckets.lowerBound(LengthBuckets.bucketOf(seconds)));
    }

    @Test
    void ascend_fromZero() {
        assertEquals(0, LengthBuckets.lowerBound(0));
        for (int bucket = 1; bucket < LengthBuckets.COUNT; bucket++) {
            assertTrue(LengthBuckets.lowerBound(bucket) > LengthBuckets.lowerBound(bucket - 1));
            assertEquals(bucket, LengthBuckets.bucketOf(LengthBuckets.lowerBound(bucket)));
            assertEquals(bucket - 1, LengthBuckets.bucketOf(LengthBuckets.lowerBound(bucket) - 1));
        }
    }

    /** Stored figures are by number of step, so not even one may be put between others. */
    @Test
    void neverChangeTheirNumber() {
        assertEquals(395, LengthBuckets.COUNT);
    }

    @Test
    void areFineEnough() {
        for (int bucket = 60; bucket < LengthBuckets.COUNT - 1; bucket++) {
            double width = LengthBuckets.lowerBound(bucket + 1) - LengthBuckets.lowerBound(bucket);
            assertTrue(
                    width / LengthBuckets.lowerBound(bucket) <= 0.25,
                    "width of the step from " + LengthBuckets.lowerBound(bucket));
        }
    }
}
