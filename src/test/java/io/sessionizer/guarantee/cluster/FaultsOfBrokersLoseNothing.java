package io.sessionizer.guarantee.cluster;

import io.sessionizer.guarantee.support.OutputAudit;
import io.sessionizer.guarantee.support.RandomTraffic.TrafficShape;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each broker of three is killed and started, one hangs for 45 s, and leaders change, while the instances are killed,
 * frozen and stopped: nothing is lost, doubled or wrong.
 */
@Tag("alone")
class FaultsOfBrokersLoseNothing {
    private static final long HOUR = 3_600_000;
    private static final Duration AT_MOST = Duration.ofMinutes(8);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path directory;

    @Test
    void everyOutputIsRight() throws Exception {
        long seed = new SplittableRandom().nextLong();
        // some hours old: the wall clock must have no effect
        TrafficShape shape = new TrafficShape(2_000, System.currentTimeMillis() - 20 * HOUR, 200, HOUR / 3);
        try (FaultyRun run = FaultyRun.start(
                directory, new FaultyRun.Pace(seed, shape, 300), Map.of("idle.after.ms", Long.toString(HOUR)))) {
            Future<Void> ofBrokers = run.begin(() -> {
                for (int broker = 0; broker < ThreeBrokers.BROKERS; broker++) {
                    RandomFaults.killAndRestart(run.brokers(), broker, 3_000);
                }
                RandomFaults.hang(run.brokers(), run.brokers().controller(), 45_000);
                return null;
            });
            Future<Map<String, Integer>> ofInstances =
                    run.begin(() -> RandomFaults.ofInstances(run.instances(), seed, 10_000, ofBrokers));
            run.readUntilOver(ofBrokers, AT_MOST);
            Map<String, Integer> done = run.readUntilOver(ofInstances, AT_MOST);
            OutputAudit audit = run.audit();
            System.out.println("Faults of brokers, and instances " + done + ": " + run.sent() + " records, "
                    + audit.summary() + ", " + run.cutShort() + " cut short");
            audit.everythingIsRight();
        }
    }
}
