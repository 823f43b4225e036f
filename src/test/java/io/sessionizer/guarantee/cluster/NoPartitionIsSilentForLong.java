package io.sessionizer.guarantee.cluster;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.guarantee.support.RandomTraffic.TrafficShape;
import io.sessionizer.guarantee.support.ServiceProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * No single fault keeps a partition's output from its readers for more than 30 s, with the service's own settings and
 * those of the brokers that docs/faults.md advises; and after all of them every output is right.
 */
@Tag("long")
@Tag("alone")
class NoPartitionIsSilentForLong {
    private static final long MOST_MS = 30_000;
    private static final int PER_SECOND = 300;
    private static final long GAP_MS = 20_000;
    private static final Duration AT_MOST = Duration.ofMinutes(5);
    private static final long HANG_MS = 45_000;

    @TempDir
    static Path directory;

    private static FaultyRun run;

    /** What goes wrong, by itself. */
    private enum SingleFault {
        BROKER_KILLED,
        CONTROLLER_KILLED,
        BROKER_STOPPED,
        BROKER_HANGS,
        CONTROLLER_HANGS,
        LEADERS_CHANGE,
        INSTANCE_KILLED,
        INSTANCE_KILLED_AND_STATE_LOST,
        INSTANCE_STOPPED,
        INSTANCE_HANGS;

        void cause() throws Exception {
            ThreeBrokers brokers = run.brokers();
            int controller = brokers.controller();
            int other = (controller + 1) % ThreeBrokers.BROKERS;
            ServiceProcess instance = run.instances().get(ordinal() % 2);
            switch (this) {
                case BROKER_KILLED -> killed(brokers.broker(other));
                case CONTROLLER_KILLED -> killed(brokers.broker(controller));
                case BROKER_STOPPED -> {
                    brokers.broker(other).stop();
                    brokers.broker(other).start();
                }
                case BROKER_HANGS -> hangs(brokers.broker(other));
                case CONTROLLER_HANGS -> hangs(brokers.broker(controller));
                case LEADERS_CHANGE -> brokers.electOtherLeaders();
                case INSTANCE_KILLED -> {
                    instance.kill();
                    instance.start();
                }
                case INSTANCE_KILLED_AND_STATE_LOST -> {
                    instance.kill();
                    instance.loseState();
                    Thread.sleep(HANG_MS);
                    instance.start();
                }
                case INSTANCE_STOPPED -> {
                    instance.stop();
                    instance.start();
                }
                case INSTANCE_HANGS -> {
                    instance.freeze();
                    Thread.sleep(HANG_MS);
                    instance.thaw();
                }
            }
        }

        private static void killed(BrokerProcess broker) throws Exception {
            broker.kill();
            Thread.sleep(HANG_MS);
            broker.start();
        }

        private static void hangs(BrokerProcess broker) throws Exception {
            broker.freeze();
            Thread.sleep(HANG_MS);
            broker.thaw();
        }
    }

    @BeforeAll
    static void start() throws Exception {
        long seed = new SplittableRandom().nextLong();
        TrafficShape shape = new TrafficShape(2_000, System.currentTimeMillis(), 1_000 / PER_SECOND, GAP_MS);
        run = FaultyRun.start(directory, new FaultyRun.Pace(seed, shape, PER_SECOND), Map.of());
    }

    @ParameterizedTest
    @EnumSource
    void itsOutputIsSeenAgainWithin30Seconds(SingleFault fault) throws Exception {
        ready();
        long begunMs = System.currentTimeMillis();
        run.readUntilOver(
                run.begin(() -> {
                    fault.cause();
                    return null;
                }),
                AT_MOST);
        run.awaitFlow();
        long[] silences = run.longestSilences(begunMs);
        System.out.println("Longest silence by partition in ms, " + fault + ": " + Arrays.toString(silences));
        assertTrue(
                Arrays.stream(silences).max().orElseThrow() < MOST_MS,
                () -> "ms without output: must be below " + MOST_MS + ". Found: " + Arrays.toString(silences));
    }

    /** The fault before is over for all: both instances have partitions, and each broker has all replicas. */
    private static void ready() throws Exception {
        run.readUntilOver(
                run.begin(() -> {
                    run.brokers().awaitInSync(AT_MOST);
                    for (ServiceProcess instance : run.instances()) {
                        instance.awaitRunning(AT_MOST);
                    }
                    return null;
                }),
                AT_MOST);
        run.awaitFlow();
        run.readFor(Duration.ofSeconds(5));
    }

    @AfterAll
    static void everyOutputIsRight() throws Exception {
        try (FaultyRun ending = run) {
            if (ending != null) {
                ending.audit().everythingIsRight();
            }
        }
    }
}
