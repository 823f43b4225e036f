package io.sessionizer.guarantee.cluster;

import static io.sessionizer.guarantee.clock.LiveService.GAP;
import static io.sessionizer.guarantee.clock.LiveService.LATEST;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.guarantee.clock.LiveService;
import io.sessionizer.kafka.config.SessionizerSettings.UserFrom;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A broker hangs, and one input partition is on this broker alone, so that it has no leader once the broker is missed.
 * With user.from=key the users of the other partition do not notice; with payload they wait until it is stalled.
 */
@Tag("long")
class LeaderlessPartitionDelaysNoOtherSession {
    private static final int LOST = 0;
    private static final int OTHER = 1;

    @TempDir
    Path directory;

    @Test
    void withUserFromKey_theOthersConcludeOnTime() throws Exception {
        ThreeBrokers brokers = ThreeBrokers.start(directory, LiveService.PARTITIONS);
        try (LiveService service = LiveService.on(brokers, directory, UserFrom.KEY, 60_000)) {
            int hung = isolate(brokers, service);
            brokers.broker(hung).freeze();
            // the first while the broker is only slow to answer, the second when it is fenced
            for (String user : new String[] {"one", "two"}) {
                long last = System.currentTimeMillis();
                service.send(OTHER, user, last);
                assertConcludedAfter(GAP, service.awaitConcluded(user) - last);
            }
            assertTrue(brokers.hasNoLeader(LOST), "the partition has no leader");
            brokers.broker(hung).thaw();
            concludesAgain(service);
        }
    }

    @Tag("long")
    @Test
    void withUserFromPayload_theOthersWaitUntilItIsStalled() throws Exception {
        long stalledAfter = 15_000;
        ThreeBrokers brokers = ThreeBrokers.start(directory, LiveService.PARTITIONS);
        try (LiveService service = LiveService.on(brokers, directory, UserFrom.PAYLOAD, stalledAfter)) {
            int hung = isolate(brokers, service);
            long hungAt = System.currentTimeMillis();
            brokers.broker(hung).freeze();
            service.send(OTHER, "one", hungAt);
            assertConcludedAfter(stalledAfter, service.awaitConcluded("one") - hungAt);
            brokers.broker(hung).thaw();
            concludesAgain(service);
        }
    }

    /** Returns once all clients know where the partitions have moved to. */
    private static int isolate(ThreeBrokers brokers, LiveService service) throws Exception {
        int alone = brokers.isolate(LOST);
        for (int partition : new int[] {LOST, OTHER}) {
            service.send(partition, "moved-" + partition, System.currentTimeMillis() - 2 * GAP);
            service.awaitConcluded("moved-" + partition);
        }
        return alone;
    }

    private static void assertConcludedAfter(long least, long afterMs) {
        assertTrue(
                afterMs > least && afterMs < least + LATEST,
                "ms until it has concluded: must be " + least + " and less than " + LATEST + " more. Found: "
                        + afterMs);
    }

    private static void concludesAgain(LiveService service) {
        service.send(LOST, "three", System.currentTimeMillis());
        service.awaitConcluded("three");
    }
}
