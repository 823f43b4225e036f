package io.sessionizer.guarantee.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.guarantee.support.ServiceOutputs;
import io.sessionizer.guarantee.support.ServiceOutputs.EnrichedRecord;
import io.sessionizer.guarantee.support.ServiceProcess;
import io.sessionizer.guarantee.support.TestCluster;
import io.sessionizer.guarantee.support.TestEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of the local state that were damaged cost a restore, or a line that says what to do, and no session. */
class DamagedStateIsRestored {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String APPLICATION = "damaged";
    private static final byte[] DAMAGE = new byte[48];
    private static final int MANY = 20_000;
    /** Larger than the file of a store's own entries, whose damage is noticed at once. */
    private static final int LARGE = 50_000;

    private final long now = System.currentTimeMillis();

    @TempDir
    Path directory;

    /** What a power failure does to files that were not written to the disk yet. */
    @Test
    void byItself_whereAStoreDoesNotOpen() throws Exception {
        try (TestCluster cluster = TestCluster.start(directory.resolve("broker"), 1);
                ServiceOutputs outputs = new ServiceOutputs(cluster);
                ServiceProcess service =
                        new ServiceProcess(APPLICATION, directory, cluster.properties(APPLICATION, Map.of()))) {
            stamp(1, cluster, outputs, service);
            assertEquals(3, damage(service.stateDirectory(), "MANIFEST-", 0), "stores of the task");

            service.start();
            theSessionContinues(cluster, outputs);
            assertTrue(
                    service.log().contains("Store timelines of task 0_0 is damaged, restoring it from its changelog"),
                    service::log);
            service.stop();
        }
    }

    /** Of a large file, a block that is damaged is noticed when it is read. */
    @Test
    @Tag("long")
    void afterOneLineThatSaysWhatToDelete_whereAStoreOpensButCannotBeRead() throws Exception {
        try (TestCluster cluster = TestCluster.start(directory.resolve("broker"), 1);
                ServiceOutputs outputs = new ServiceOutputs(cluster);
                ServiceProcess service =
                        new ServiceProcess(APPLICATION, directory, cluster.properties(APPLICATION, Map.of()))) {
            stamp(MANY, cluster, outputs, service);
            assertTrue(damage(service.stateDirectory().resolve(APPLICATION + "/0_0/rocksdb/timelines"), ".sst", LARGE)
                    > 0);

            service.start();
            sendOneOfEach(MANY, "damaged", cluster);
            assertEquals(1, service.awaitExit(PATIENCE), service::log);
            List<String> lines = service.operatorLines();
            assertEquals(1, lines.size(), service::log);
            assertTrue(
                    lines.get(0)
                            .matches(
                                    "sessionizer: (stopped|cannot start): state\\.dir: must be a disk with space that keeps"
                                            + " what is written\\. Found: .*checksum.*; delete \\S+ and start again: the changelog"
                                            + " topics contain all of it"),
                    lines.get(0));

            service.loseState();
            service.start();
            outputs.await(
                    "The others are stamped", PATIENCE, seen -> seen.stamped().size() == 2 * MANY);
            theSessionContinues(cluster, outputs);
            service.stop();
        }
    }

    private void stamp(int users, TestCluster cluster, ServiceOutputs outputs, ServiceProcess service)
            throws Exception {
        service.start();
        sendOneOfEach(users, "first", cluster);
        outputs.await("They are stamped", PATIENCE, seen -> seen.stamped().size() == users);
        service.stop();
    }

    private void sendOneOfEach(int users, String id, TestCluster cluster) {
        for (int user = 0; user < users; user++) {
            cluster.send(TestEvent.counted(id + user, "user-" + user, now));
        }
    }

    private void theSessionContinues(TestCluster cluster, ServiceOutputs outputs) {
        int before = outputs.stamped().size();
        cluster.send(TestEvent.counted("after", "user-0", now + 1_000));
        outputs.await(
                "The next one is stamped", PATIENCE, seen -> seen.stamped().size() == before + 1);
        assertEquals(
                1,
                outputs.stamped().stream()
                        .filter(event -> event.user().equals("user-0"))
                        .map(EnrichedRecord::session)
                        .distinct()
                        .count(),
                "sessions of the user");
    }

    /** Damages each file with such a name that has more bytes than this, in its first half, and returns their number. */
    private static int damage(Path state, String name, int bytes) throws IOException {
        try (Stream<Path> files = Files.walk(state)) {
            List<Path> damaged = files.filter(
                            file -> file.getFileName().toString().contains(name)
                                    && file.toFile().length() > bytes)
                    .toList();
            for (Path file : damaged) {
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                    channel.write(ByteBuffer.wrap(DAMAGE), channel.size() / 8);
                }
            }
            return damaged.size();
        }
    }
}
