package io.sessionizer.guarantee;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.guarantee.support.ServiceOutputs;
import io.sessionizer.guarantee.support.ServiceProcess;
import io.sessionizer.guarantee.support.TestCluster;
import io.sessionizer.guarantee.support.TestEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * A session concludes 20 minutes after its last event, and not before, even if no event ever follows: events at 11:00 and
 * 11:10 give a Session Concluded raised at 11:30, timestamped 11:10.
 */
@Tag("alone")
class SilenceConcludesOnTime {
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    /** The wall clock's half of the rule, with a gap of 8 s for 20 minutes. */
    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void concludesWithoutEvents_afterTheGapAndNotBefore() throws Exception {
        long gapMs = 8_000;
        // ticks are a second apart, the commit follows within half a second, and the machine may be busy
        long slackMs = 5_000;
        try (TestCluster cluster = TestCluster.start(directory.resolve("broker"), 2);
                ServiceOutputs outputs = new ServiceOutputs(cluster);
                ServiceProcess service = new ServiceProcess(
                        "silence",
                        directory,
                        cluster.properties(
                                "silence", Map.of("session.inactivity.gap.ms", "" + gapMs, "idle.after.ms", "2000")))) {
            service.start();
            service.awaitRunning(SOON);
            long last = System.currentTimeMillis();
            TestEvent first = TestEvent.counted("first", "user-42", last - 2_500);
            cluster.send(first);
            cluster.send(TestEvent.counted("last", "user-42", last));
            cluster.flush();

            outputs.await(
                    "A session is concluded", SOON, seen -> !seen.concluded().isEmpty());

            ServiceOutputs.ConcludedRecord concluded = outputs.concluded().get(0);
            long after = concluded.seenAt() - last;
            assertTrue(after > gapMs, "ms after the last event: must be above " + gapMs + ". Found: " + after);
            assertTrue(
                    after < gapMs + slackMs,
                    "ms after the last event: must be below " + (gapMs + slackMs) + ". Found: " + after);
            assertEquals(theSession(outputs, first.time(), last, concluded.seenAt()), concluded);
            service.stop();
            outputs.readToEnd(SOON);
            assertEquals(1, outputs.concluded().size());
        }
    }

    /** The example of the specification, to the millisecond: other users' events move the clock of the partition. */
    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void concludesAtElevenThirty_asTheClockPassesIt() throws Exception {
        long eleven = Instant.parse("2016-07-12T11:00:00Z").toEpochMilli();
        long minute = 60_000;
        try (TestCluster cluster = TestCluster.start(directory.resolve("broker"), 1);
                ServiceOutputs outputs = new ServiceOutputs(cluster);
                ServiceProcess service = new ServiceProcess(
                        "eleven-thirty",
                        directory,
                        // the wall clock, years ahead of these events, must have no effect
                        cluster.properties("eleven-thirty", Map.of("idle.after.ms", "3600000")))) {
            service.start();
            cluster.send(TestEvent.counted("11:00", "user-42", eleven));
            cluster.send(TestEvent.counted("11:10", "user-42", eleven + 10 * minute));
            cluster.send(TestEvent.counted("11:30", "user-7", eleven + 30 * minute));
            cluster.flush();
            outputs.await("All are stamped", SOON, seen -> seen.stamped().size() == 3);
            outputs.readToEnd(SOON);
            assertEquals(List.of(), outputs.concluded());

            cluster.send(TestEvent.counted("11:30 and 1 ms", "user-7", eleven + 30 * minute + 1));
            cluster.flush();
            outputs.await(
                    "A session is concluded", SOON, seen -> !seen.concluded().isEmpty());
            service.stop();
            outputs.readToEnd(SOON);
            ServiceOutputs.ConcludedRecord concluded = outputs.concluded().get(0);
            assertEquals(
                    List.of(theSession(outputs, eleven, eleven + 10 * minute, concluded.seenAt())),
                    outputs.concluded());
            assertEquals(600, concluded.length());
        }
    }

    /** The Session Concluded of user-42's two events, which have its id. */
    private static ServiceOutputs.ConcludedRecord theSession(
            ServiceOutputs outputs, long start, long end, long seenAt) {
        List<String> ids = outputs.stamped().stream()
                .filter(event -> event.user().equals("user-42"))
                .map(event -> event.session().orElse("none"))
                .toList();
        assertEquals(2, ids.size());
        assertEquals(ids.get(0), ids.get(1));
        return new ServiceOutputs.ConcludedRecord(
                "user-42",
                ids.get(0),
                end,
                end / 1000,
                start / 1000,
                (end - start) / 1000,
                2,
                1,
                Optional.empty(),
                seenAt);
    }
}
