package io.sessionizer.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.bench.load.LoadGenerator;
import io.sessionizer.bench.process.BenchRunner;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BenchOptionsTest {
    @Test
    void laterOptionsBeatEarlierOnes() {
        BenchOptions options = BenchOptions.parse(List.of("--quick", "--rounds", "2", "--runners=copy"));
        assertEquals(300_000, options.events());
        assertEquals(2, options.rounds());
        assertEquals(List.of(BenchRunner.COPY), options.runners());
    }

    @Test
    void settingsAreHandedOn() {
        BenchOptions options = BenchOptions.parse(List.of("--set", "linger.ms=20", "--set=batch.size=65536"));
        assertEquals(Map.of("linger.ms", "20", "batch.size", "65536"), options.settings());
    }

    @Test
    void rejectsUnknownOptions() {
        assertRejected("option: must be one of those of --help. Found: --event", "--event", "5");
        assertRejected("--rounds: must be a number. Found: many", "--rounds", "many");
        assertRejected("--runners: must be some of copy,dsl,sessionizer,before. Found: [flink]", "--runners=flink");
        assertRejected("--set: must be KEY=VALUE. Found: linger.ms", "--set", "linger.ms");
    }

    private static void assertRejected(String line, String... arguments) {
        IllegalArgumentException exception =
                assertThrows(IllegalArgumentException.class, () -> BenchOptions.parse(List.of(arguments)));
        assertEquals(line, exception.getMessage());
    }

    @Test
    void allTrafficLiesInThePast() {
        long now = 1_800_000_000_123L;
        BenchOptions options = BenchOptions.parse(List.of("--users", "500", "--events", "50000"));
        long[] last = {0};
        new LoadGenerator(options.shape(now)).forEachRemaining(event -> last[0] = event.arrivalMs());
        assertTrue(last[0] < now - 3_600_000, "the last arrives " + (now - last[0]) + " ms before");
    }
}
