package io.sessionizer.guarantee;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.stats.StatsRow;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each instance hears of the figures of all partitions, whichever instance they are of, while they come and, after a
 * restart, before it is ready.
 */
class EveryInstanceSeesTheWholeBoard {
    private static final int PARTITIONS = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long HOUR = 3_600_000;
    private static final Map<String, String> SETTINGS = Map.of("application.id", "board", "num.stream.threads", "1");

    @TempDir
    Path directory;

    @Test
    void whileItRuns_andAfterARestart() throws Exception {
        long time = System.currentTimeMillis() - 10 * HOUR;
        try (Cluster cluster = Cluster.start(directory.resolve("broker"), PARTITIONS);
                Outputs outputs = new Outputs(cluster);
                Instance one = new Instance("one", directory, cluster, SETTINGS).start();
                Instance two = new Instance("two", directory, cluster, SETTINGS).start()) {
            one.awaitReady();
            two.awaitReady();
            cluster.sendToAll(Event.counted("e1", "u", time));
            cluster.sendToAll(Event.counted("e2", "u", time + 60_000));
            cluster.sendToAll(Event.counted("e3", "u", time + HOUR));
            outputs.await(
                    "Sessions conclude", PATIENCE, seen -> seen.concluded().size() == PARTITIONS);
            awaitSessions(one);
            awaitSessions(two);
            one.stop();
            two.stop();
            one.start();
            one.awaitReady();
            assertEquals(PARTITIONS, sessions(one));
            assertTrue(one.rows().stream().allMatch(row -> row.partition() < PARTITIONS));
        }
    }

    private static void awaitSessions(Instance instance) {
        Waiting.until("It sees all sessions", PATIENCE, () -> sessions(instance) == PARTITIONS);
    }

    /** Of the last row of each quarter-hour of each partition. */
    private static long sessions(Instance instance) {
        Map<String, Long> latest = new HashMap<>();
        for (StatsRow row : instance.rows()) {
            if (row instanceof StatsRow.QuarterHourRow counted) {
                latest.put(
                        counted.partition() + "/" + counted.quarter(),
                        counted.figures().sessions());
            }
        }
        return latest.values().stream().mapToLong(Long::longValue).sum();
    }
}
