package io.sessionizer.guarantee.cluster;

import io.sessionizer.guarantee.support.OutputAudit;
import io.sessionizer.guarantee.support.RandomTraffic;
import io.sessionizer.guarantee.support.ServiceOutputs;
import io.sessionizer.guarantee.support.ServiceOutputs.EnrichedRecord;
import io.sessionizer.guarantee.support.ServiceProcess;
import io.sessionizer.guarantee.support.TestTopics;
import io.sessionizer.guarantee.support.TrafficFeed;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Two instances with the service's defaults on three brokers, traffic that does not pause, and a consumer that reads all
 * the time while threads of their own cause faults. For one thread.
 */
final class FaultyRun implements AutoCloseable {
    static final int PARTITIONS = 6;
    private static final Duration PATIENCE = Duration.ofSeconds(180);

    private final ThreeBrokers brokers;
    private final ServiceOutputs outputs;
    private final List<ServiceProcess> instances;
    private final RandomTraffic traffic;
    private final TrafficFeed feed;
    private final long gapMs;
    private final ExecutorService faults = Executors.newCachedThreadPool();

    /**
     * The traffic of a run.
     *
     * @param seed of its events
     * @param shape of its events
     * @param perSecond events sent in a second
     */
    record Pace(long seed, RandomTraffic.TrafficShape shape, int perSecond) {}

    private FaultyRun(ThreeBrokers brokers, List<ServiceProcess> instances, Pace pace) {
        this.brokers = brokers;
        this.outputs = new ServiceOutputs(brokers);
        this.instances = instances;
        this.traffic = new RandomTraffic(pace.seed(), pace.shape());
        this.gapMs = pace.shape().gapMs();
        this.feed = TrafficFeed.start(brokers, traffic, pace.perSecond(), Integer.MAX_VALUE);
    }

    /**
     * Starts all, and waits until each partition has output.
     *
     * @param settings of the instances, where they differ from the service's defaults
     */
    static FaultyRun start(Path directory, Pace pace, Map<String, String> settings) throws Exception {
        ThreeBrokers brokers = ThreeBrokers.start(directory, PARTITIONS);
        Map<String, String> all = new TreeMap<>(settings);
        all.put("session.inactivity.gap.ms", Long.toString(pace.shape().gapMs()));
        all.putIfAbsent("num.stream.threads", "2");
        List<ServiceProcess> instances = List.of(
                new ServiceProcess("faulty-one", directory, brokers.properties("faulty", all)),
                new ServiceProcess("faulty-two", directory, brokers.properties("faulty", all)));
        FaultyRun run = new FaultyRun(brokers, instances, pace);
        try {
            for (ServiceProcess instance : instances) {
                instance.start();
                instance.awaitRunning(PATIENCE);
            }
            run.awaitFlow();
        } catch (Exception | Error e) {
            run.close();
            throw e;
        }
        return run;
    }

    ThreeBrokers brokers() {
        return brokers;
    }

    List<ServiceProcess> instances() {
        return instances;
    }

    /** Causes faults in a thread of their own. */
    <T> Future<T> begin(Callable<T> causes) {
        return faults.submit(causes);
    }

    /** Reads until these faults are over, and returns what came of them. */
    <T> T readUntilOver(Future<T> fault, Duration timeout) throws Exception {
        outputs.await("The faults are over", timeout, seen -> fault.isDone());
        return fault.get();
    }

    /** Reads until each partition has output of events that were sent from now on, and returns how long that took, in ms. */
    long awaitFlow() {
        long begunMs = System.currentTimeMillis();
        int from = outputs.stamped().size();
        int[] next = {from};
        boolean[] hasOutput = new boolean[PARTITIONS];
        outputs.await("Each partition has output", PATIENCE, seen -> {
            for (; next[0] < seen.stamped().size(); next[0]++) {
                EnrichedRecord event = seen.stamped().get(next[0]);
                if (event.seenAt() > begunMs) {
                    hasOutput[event.partition()] = true;
                }
            }
            return allTrue(hasOutput);
        });
        return System.currentTimeMillis() - begunMs;
    }

    private static boolean allTrue(boolean[] all) {
        for (boolean one : all) {
            if (!one) {
                return false;
            }
        }
        return true;
    }

    /** Reads for {@code time}, whatever comes. */
    void readFor(Duration time) {
        outputs.readFor(time);
    }

    /** The longest time, in ms, in which each partition had no output, from {@code sinceMs} until now. */
    long[] longestSilences(long sinceMs) {
        long[] last = new long[PARTITIONS];
        java.util.Arrays.fill(last, sinceMs);
        long[] longest = new long[PARTITIONS];
        for (EnrichedRecord event : outputs.stamped()) {
            if (event.seenAt() >= sinceMs) {
                int partition = event.partition();
                longest[partition] = Math.max(longest[partition], event.seenAt() - last[partition]);
                last[partition] = event.seenAt();
            }
        }
        long now = System.currentTimeMillis();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            longest[partition] = Math.max(longest[partition], now - last[partition]);
        }
        return longest;
    }

    /** Ends the traffic, waits until all sessions have concluded, stops the instances, and holds all against what was sent. */
    OutputAudit audit() throws Exception {
        feed.end();
        requireInputAsSent();
        brokers.sendToAll(traffic.closing());
        OutputAudit.awaitAllConcluded(outputs, traffic.events(), PATIENCE);
        for (ServiceProcess instance : instances) {
            instance.stopAmidFaults();
        }
        outputs.readToEnd(PATIENCE);
        return new OutputAudit(traffic.events(), gapMs, outputs);
    }

    /** What the test's own producer repeats after a fault is not the service's fault. */
    private void requireInputAsSent() {
        Map<String, Integer> times = new HashMap<>();
        brokers.readAll(
                TestTopics.EVENTS,
                record -> times.merge(
                        new String(record.value(), StandardCharsets.UTF_8) + record.partition(), 1, Integer::sum));
        long sent = traffic.events().size();
        long repeated = times.values().stream().filter(count -> count > 1).count();
        if (times.size() != sent || repeated > 0) {
            throw new AssertionError("input: must be the " + sent + " events that were sent, once each. Found: "
                    + times.size() + ", " + repeated + " of them repeated");
        }
    }

    /** How many stamped events were written by transactions that a fault cut short. */
    long cutShort() {
        return brokers.countUncommitted(TestTopics.ENRICHED) - outputs.stamped().size();
    }

    int sent() {
        return feed.sent();
    }

    @Override
    public void close() {
        faults.shutdownNow();
        instances.forEach(ServiceProcess::close);
        feed.close();
        outputs.close();
        brokers.close();
    }
}
