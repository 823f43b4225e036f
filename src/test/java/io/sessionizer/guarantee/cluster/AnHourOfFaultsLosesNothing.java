package io.sessionizer.guarantee.cluster;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.guarantee.support.OutputAudit;
import io.sessionizer.guarantee.support.RandomTraffic.TrafficShape;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** As {@link FaultsOfBrokersLoseNothing}, for an hour: a million events, a hundred kills, ten restarts of brokers. */
@Tag("long")
@Tag("alone")
class AnHourOfFaultsLosesNothing {
    private static final long HOUR = 3_600_000;
    private static final Duration AT_MOST = Duration.ofMinutes(90);
    private static final int HANGS_EACH = 3;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path directory;

    @Test
    void everyOutputIsRight() throws Exception {
        long seed = new SplittableRandom().nextLong();
        // three days old: the wall clock must have no effect
        TrafficShape shape = new TrafficShape(2_000, System.currentTimeMillis() - 72 * HOUR, 200, HOUR / 3);
        try (FaultyRun run = FaultyRun.start(
                directory, new FaultyRun.Pace(seed, shape, 300), Map.of("idle.after.ms", Long.toString(2 * HOUR)))) {
            long begunMs = System.currentTimeMillis();
            Future<Integer> ofBrokers = run.begin(() -> ofBrokers(run.brokers(), begunMs + HOUR, seed));
            Future<Map<String, Integer>> ofInstances =
                    run.begin(() -> RandomFaults.ofInstances(run.instances(), seed, 20_000, ofBrokers));
            int restarts = run.readUntilOver(ofBrokers, AT_MOST);
            Map<String, Integer> done = run.readUntilOver(ofInstances, AT_MOST);
            long[] silences = run.longestSilences(begunMs);
            OutputAudit audit = run.audit();
            System.out.println("An hour of faults: brokers restarted " + restarts + " times, instances " + done + ": "
                    + run.sent() + " records, " + audit.summary() + ", " + run.cutShort()
                    + " cut short, longest silences in ms " + Arrays.toString(silences));
            audit.everythingIsRight();
            assertTrue(restarts >= 10, "restarts of brokers: must be 10 or more. Found: " + restarts);
        }
    }

    private static int ofBrokers(ThreeBrokers brokers, long endMs, long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed + 1);
        int restarts = 0;
        while (System.currentTimeMillis() < endMs) {
            Thread.sleep(120_000 + random.nextLong(120_000));
            RandomFaults.killAndRestart(brokers, restarts++ % ThreeBrokers.BROKERS, 2_000 + random.nextLong(13_000));
            if (restarts % HANGS_EACH == 0) {
                RandomFaults.hang(brokers, brokers.controller(), 45_000);
            }
        }
        return restarts;
    }
}
