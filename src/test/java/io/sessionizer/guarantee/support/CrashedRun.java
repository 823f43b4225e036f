package io.sessionizer.guarantee.support;

import io.sessionizer.guarantee.support.ReferenceSessions.ReferenceSession;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * One long run of the service under fire: traffic flows without a pause while the process is killed with SIGKILL five
 * times in mid-stream, once with its whole state directory lost before it starts again. Meanwhile some users are erased. It
 * is made once for all the guarantees that are held against it.
 */
public final class CrashedRun {
    private static final int PER_SECOND = 3_000;
    /** A bound for a machine that is far too slow: with it the traffic's times still lie behind the wall clock. */
    private static final int MOST_EVENTS = 300_000;

    private static final int PARTITIONS = 4;
    private static final int KILLS = 5;
    private static final int KILL_WITH_LOSS_OF_STATE = 3;
    private static final long HOUR = 3_600_000;
    private static final long GAP_MS = HOUR / 3;
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String TABLE = "sessions";
    private static final Map<String, String> SETTINGS = Map.of(
            // a killed member blocks its group, and its transaction the readers, no longer than this
            "session.timeout.ms", "4000",
            "heartbeat.interval.ms", "1000",
            "transaction.timeout.ms", "10000",
            "num.stream.threads", "2",
            "sessions.topic", TABLE,
            // the traffic is some hours old: the wall clock must have no effect
            "idle.after.ms", "3600000");

    private static CrashedRun made;
    private static Throwable failure;

    private final OutputAudit audit;
    private final List<ReferenceSession> reference;
    private final List<ConsumerRecord<byte[], byte[]>> table;
    private final long cutShort;

    private CrashedRun(OutputAudit audit, RandomTraffic traffic, TestCluster cluster, long cutShort) {
        this.audit = audit;
        this.reference = ReferenceSessions.sessions(traffic.events(), GAP_MS);
        this.table = cluster.readCommitted(TABLE);
        this.cutShort = cutShort;
    }

    /**
     * The run, which is over.
     *
     * @param directory for state and broker, if it is to be made
     */
    public static synchronized CrashedRun in(Path directory) throws Exception {
        if (failure != null) {
            throw new AssertionError("The run of crashes failed before", failure);
        }
        if (made == null) {
            try {
                made = make(directory);
            } catch (Exception | AssertionError e) {
                failure = e;
                throw e;
            }
        }
        return made;
    }

    /** What came out of it, against what went in. */
    public OutputAudit audit() {
        return audit;
    }

    /** The sessions that must result. */
    public List<ReferenceSession> reference() {
        return reference;
    }

    /** All committed records of the sessions table, in the order of each partition. */
    public List<ConsumerRecord<byte[], byte[]>> table() {
        return table;
    }

    /** How many stamped events were written by transactions that a kill cut short. */
    public long cutShort() {
        return cutShort;
    }

    private static CrashedRun make(Path directory) throws Exception {
        long seed = new SplittableRandom().nextLong();
        RandomTraffic traffic = new RandomTraffic(
                        seed,
                        new RandomTraffic.TrafficShape(2_000, System.currentTimeMillis() - 20 * HOUR, 200, GAP_MS))
                .withErasures();
        try (TestCluster cluster = TestCluster.start(directory.resolve("broker"), PARTITIONS);
                ServiceOutputs outputs = new ServiceOutputs(cluster);
                ServiceProcess service =
                        new ServiceProcess("crashed", directory, cluster.properties("crashed", SETTINGS));
                TrafficFeed feed = TrafficFeed.start(cluster, traffic, PER_SECOND, MOST_EVENTS)) {
            service.start();
            killAgainAndAgain(service, outputs, new SplittableRandom(seed));
            feed.end();
            cluster.sendToAll(traffic.closing());
            OutputAudit.awaitAllConcluded(outputs, traffic.events(), PATIENCE);
            service.stop();
            outputs.readToEnd(PATIENCE);
            OutputAudit audit = new OutputAudit(traffic.events(), GAP_MS, outputs);
            long cutShort = cluster.countUncommitted(TestCluster.ENRICHED)
                    - outputs.stamped().size();
            System.out.println("Crashed run: " + audit.summary() + ", " + cutShort + " cut short");
            return new CrashedRun(audit, traffic, cluster, cutShort);
        }
    }

    /** Sometimes while it catches up with what came while it was down, sometimes in the even flow after that. */
    private static void killAgainAndAgain(ServiceProcess service, ServiceOutputs outputs, SplittableRandom random)
            throws IOException {
        for (int kill = 1; kill <= KILLS; kill++) {
            int goal = outputs.stamped().size() + 1_000 + random.nextInt(24_000);
            outputs.await(
                    goal + " are stamped", PATIENCE, seen -> seen.stamped().size() >= goal);
            service.kill();
            if (kill == KILL_WITH_LOSS_OF_STATE) {
                service.loseState();
            }
            service.start();
        }
    }
}
