package io.sessionizer.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SpreadTest {
    @Test
    void knowsMedianAndEnds() {
        Spread odd = Spread.of(5, 1, 3);
        assertEquals(3, odd.median());
        assertEquals(1, odd.least());
        assertEquals(5, odd.most());
        assertEquals(2.5, Spread.of(4, 1, 3, 2).median());
    }

    @Test
    void percentileIsTheSmallestThatSoManyAreNotAbove() {
        Spread hundred =
                Spread.of(IntStream.rangeClosed(1, 100).mapToDouble(i -> i).toArray());
        assertEquals(50, hundred.percentile(50));
        assertEquals(99, hundred.percentile(99));
        assertEquals(100, hundred.percentile(100));
        assertEquals(1, hundred.percentile(0.5));
        assertEquals(7, Spread.of(7).percentile(99));
    }

    @Test
    void isNeverEmpty() {
        assertThrows(IllegalArgumentException.class, Spread::of);
    }
}
