package io.sessionizer.guarantee.cluster;

import io.sessionizer.guarantee.support.ServiceProcess;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Future;

/** Faults one after another: of brokers in turn, and of instances at random. */
final class RandomFaults {
    private static final Duration IN_SYNC_WITHIN = Duration.ofSeconds(120);

    private RandomFaults() {}

    /**
     * Kills the broker, and starts it after some seconds; then another broker leads each partition.
     *
     * @param downMs how long it is down
     */
    static void killAndRestart(ThreeBrokers brokers, int broker, long downMs) throws Exception {
        brokers.awaitInSync(IN_SYNC_WITHIN);
        brokers.broker(broker).kill();
        Thread.sleep(downMs);
        brokers.broker(broker).start();
        brokers.awaitInSync(IN_SYNC_WITHIN);
        brokers.electOtherLeaders();
    }

    /** The broker hangs, with its connections open. */
    static void hang(ThreeBrokers brokers, int broker, long ms) throws Exception {
        brokers.awaitInSync(IN_SYNC_WITHIN);
        brokers.broker(broker).freeze();
        Thread.sleep(ms);
        brokers.broker(broker).thaw();
        brokers.awaitInSync(IN_SYNC_WITHIN);
    }

    /**
     * Kills, freezes and stops one of the instances after another, until {@code others} are over.
     *
     * @param pauseMs between two, on average
     * @return how often each was done
     */
    static Map<String, Integer> ofInstances(List<ServiceProcess> instances, long seed, long pauseMs, Future<?> others)
            throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, Integer> done = new TreeMap<>();
        while (!others.isDone()) {
            Thread.sleep(pauseMs / 2 + random.nextLong(pauseMs));
            ServiceProcess instance = instances.get(random.nextInt(instances.size()));
            done.merge(one(instance, random), 1, Integer::sum);
        }
        return done;
    }

    private static String one(ServiceProcess instance, SplittableRandom random) throws Exception {
        int chance = random.nextInt(10);
        if (chance < 8) {
            instance.kill();
            boolean losesState = chance == 0;
            if (losesState) {
                instance.loseState();
            }
            Thread.sleep(random.nextLong(3_000));
            instance.start();
            return losesState ? "killed, state lost" : "killed";
        }
        if (chance < 9) {
            instance.freeze();
            Thread.sleep(4_000 + random.nextLong(12_000));
            instance.thaw();
            return "frozen";
        }
        instance.stopAmidFaults();
        instance.start();
        return "stopped";
    }
}
