package io.sessionizer.guarantee.position;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.guarantee.support.OutputAudit;
import io.sessionizer.guarantee.support.RandomTraffic;
import io.sessionizer.guarantee.support.ServiceOutputs;
import io.sessionizer.guarantee.support.ServiceOutputs.ConcludedRecord;
import io.sessionizer.guarantee.support.ServiceOutputs.EnrichedRecord;
import io.sessionizer.guarantee.support.ServiceProcess;
import io.sessionizer.guarantee.support.TestApplication;
import io.sessionizer.guarantee.support.TestCluster;
import io.sessionizer.guarantee.support.TrafficFeed;
import io.sessionizer.kafka.config.NodeNames;
import io.sessionizer.kafka.config.SessionizerSettings.UserFrom;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * An upgrade by "stop all, then start" in mid-stream, on the same topics and state: with open sessions, with concluded
 * ones that late events still join, and with records in the repartition topic that the earlier version has written.
 * Nothing is lost or doubled, and sessions keep their ids. The system property {@code before.jar} names the jar of the
 * earlier version.
 */
@Tag("upgrade")
class UpgradeKeepsEverySession {
    private static final int PARTITIONS = 4;
    private static final int PER_SECOND = 1_000;
    private static final int MOST_EVENTS = 200_000;
    private static final int STAMPED_BY_EACH = 20_000;
    private static final long HOUR = 3_600_000;
    private static final long GAP_MS = HOUR / 3;
    private static final Duration PATIENCE = Duration.ofSeconds(180);
    private static final String APPLICATION = "upgrade";

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(UserFrom.class)
    void fromAnEarlierVersion(UserFrom userFrom) throws Exception {
        RandomTraffic traffic = new RandomTraffic(
                new SplittableRandom().nextLong(),
                new RandomTraffic.TrafficShape(2_000, System.currentTimeMillis() - 20 * HOUR, 200, GAP_MS));
        try (TestCluster cluster = TestCluster.start(directory.resolve("broker"), PARTITIONS);
                ServiceOutputs outputs = new ServiceOutputs(cluster);
                ServiceProcess service = new ServiceProcess(APPLICATION, directory, properties(cluster, userFrom));
                TrafficFeed feed = TrafficFeed.start(cluster, traffic, PER_SECOND, MOST_EVENTS)) {
            service.startFrom(before());
            awaitStamped(STAMPED_BY_EACH, outputs);
            service.stop();
            outputs.readToEnd(PATIENCE);
            List<EnrichedRecord> stampedBefore = List.copyOf(outputs.stamped());
            List<ConcludedRecord> concludedBefore = List.copyOf(outputs.concluded());
            long unread = userFrom == UserFrom.PAYLOAD ? unreadEvents(cluster) : 0;
            service.start();
            awaitStamped(stampedBefore.size() + STAMPED_BY_EACH, outputs);
            feed.end();
            cluster.sendToAll(traffic.closing());
            OutputAudit.awaitAllConcluded(outputs, traffic.events(), PATIENCE);
            service.stop();
            outputs.readToEnd(PATIENCE);
            OutputAudit audit = new OutputAudit(traffic.events(), GAP_MS, outputs);
            long continued = continued(stampedBefore, outputs);
            long amended = amended(concludedBefore, outputs);
            System.out.println(
                    "Upgrade with user.from=" + userFrom + ": " + audit.summary() + "; " + stampedBefore.size()
                            + " stamped and " + concludedBefore.size() + " concluded before, " + continued
                            + " sessions continued, " + amended + " of those concluded before amended, " + unread
                            + " events left in the repartition topic");
            assertTrue(continued > 0, "sessions with events before and after: must be some");
            assertTrue(amended > 0, "sessions concluded before and amended after: must be some");
            assertEquals(userFrom == UserFrom.PAYLOAD, unread > 0, "events left in the repartition topic: " + unread);
            audit.everythingIsRight();
        }
    }

    private static Path before() {
        Path jar = Path.of(System.getProperty("before.jar", ""));
        assertTrue(Files.isRegularFile(jar), "before.jar: must be the jar of an earlier version. Found: " + jar);
        return jar;
    }

    private static Map<String, String> properties(TestCluster cluster, UserFrom userFrom) {
        return cluster.properties(
                APPLICATION,
                Map.of(
                        "user.from", userFrom.name().toLowerCase(Locale.ROOT),
                        "num.stream.threads", "2",
                        // the traffic is some hours old: the wall clock must have no effect
                        "idle.after.ms", "3600000"));
    }

    private static void awaitStamped(int events, ServiceOutputs outputs) {
        outputs.await(events + " are stamped", PATIENCE, seen -> seen.stamped().size() >= events);
    }

    /** How many events in the repartition topic are not processed; watermarks have no key. */
    private static long unreadEvents(TestCluster cluster) {
        String topic = NodeNames.byUserTopic(APPLICATION);
        Map<TopicPartition, OffsetAndMetadata> committed = TestApplication.await(
                cluster.admin().listConsumerGroupOffsets(APPLICATION).partitionsToOffsetAndMetadata());
        return cluster.readAll(topic).stream()
                .filter(record -> record.key() != null && record.key().length > 0)
                .filter(record -> record.offset()
                        >= Optional.ofNullable(committed.get(new TopicPartition(topic, record.partition())))
                                .map(OffsetAndMetadata::offset)
                                .orElse(0L))
                .count();
    }

    /** How many ids are on events that were stamped before and on events that were stamped after. */
    private static long continued(List<EnrichedRecord> before, ServiceOutputs outputs) {
        Set<Optional<String>> ids = before.stream().map(EnrichedRecord::session).collect(Collectors.toSet());
        return outputs.stamped().stream()
                .skip(before.size())
                .map(EnrichedRecord::session)
                .filter(ids::contains)
                .distinct()
                .count();
    }

    private static long amended(List<ConcludedRecord> before, ServiceOutputs outputs) {
        Set<String> ids = before.stream().map(ConcludedRecord::id).collect(Collectors.toSet());
        return outputs.concluded().stream()
                .skip(before.size())
                .map(ConcludedRecord::id)
                .filter(ids::contains)
                .distinct()
                .count();
    }
}
