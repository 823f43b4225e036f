package io.sessionizer.guarantee.clock;

import static io.sessionizer.guarantee.clock.LiveService.GAP;
import static io.sessionizer.guarantee.clock.LiveService.LATEST;
import static io.sessionizer.guarantee.clock.LiveService.PATIENCE;
import static io.sessionizer.guarantee.clock.LiveService.STALLED_AFTER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.guarantee.support.ServiceOutputs.ConcludedRecord;
import io.sessionizer.guarantee.support.TestEvent;
import io.sessionizer.kafka.config.SessionizerSettings.UserFrom;
import io.sessionizer.kafka.status.InputStatus;
import io.sessionizer.kafka.status.SourceStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a producer's open transaction hides is not silence. */
@Tag("long")
@Tag("alone")
class OpenTransactionConcludesNothingEarly {
    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(UserFrom.class)
    @Execution(ExecutionMode.CONCURRENT)
    void concludesWithWhatWasHidden(UserFrom userFrom) throws Exception {
        try (LiveService service = LiveService.start(directory, userFrom, GAP, System::currentTimeMillis);
                Producer<byte[], byte[]> upstream = transactional(service)) {
            long first = System.currentTimeMillis();
            service.send(0, "hidden", first);
            service.cluster.flush();
            service.outputs.await(
                    "It is stamped",
                    PATIENCE,
                    seen -> seen.stamped().stream()
                            .anyMatch(event -> event.user().equals("hidden")));
            upstream.beginTransaction();
            upstream.send(LiveService.record(0, first, "opens", event("opens", first)))
                    .get();
            service.send(0, "hidden", first + GAP - 1_000);
            service.cluster.flush();
            // with user.from=payload, until the partition is stalled
            service.outputs.readFor(Duration.ofMillis(userFrom == UserFrom.KEY ? GAP + LATEST : STALLED_AFTER - 1_000));
            assertEquals(0, service.conclusions("hidden"));
            upstream.commitTransaction();
            service.outputs.await("It has concluded", PATIENCE, seen -> service.hasConcluded("hidden"));
            List<ConcludedRecord> concluded = service.outputs.concluded().stream()
                    .filter(each -> each.user().equals("hidden"))
                    .toList();
            assertEquals(
                    List.of(2L), concluded.stream().map(ConcludedRecord::events).toList());
        }
    }

    /** As of a stream processor that commits every two seconds: it delays conclusions by that, not for ever. */
    @ParameterizedTest
    @EnumSource(UserFrom.class)
    @Execution(ExecutionMode.CONCURRENT)
    void concludesOnTime_amidContinuousTransactions(UserFrom userFrom) throws Exception {
        long commitEveryMs = 2_000;
        try (LiveService service = LiveService.start(directory, userFrom, GAP, System::currentTimeMillis);
                Producer<byte[], byte[]> upstream = transactional(service)) {
            long last = System.currentTimeMillis();
            service.send(0, "victim", last);
            service.cluster.flush();
            long[] begunMs = {last};
            upstream.beginTransaction();
            service.outputs.await("The session has concluded", PATIENCE, seen -> {
                upstream.send(LiveService.record(0, last, "phone", event("phone", last - 86_400_000)));
                if (System.currentTimeMillis() > begunMs[0] + commitEveryMs) {
                    upstream.commitTransaction();
                    begunMs[0] = System.currentTimeMillis();
                    upstream.beginTransaction();
                }
                return service.hasConcluded("victim");
            });
            upstream.abortTransaction();
            long afterMs = service.seenAt("victim") - last;
            assertTrue(
                    afterMs > GAP && afterMs < GAP + LATEST + commitEveryMs,
                    "ms after the last event: must be " + GAP + " and less than " + (LATEST + commitEveryMs)
                            + " more. Found: " + afterMs);
        }
    }

    /** One partition has a transaction that stays open: the users of the other one must not wait for it. */
    @ParameterizedTest
    @EnumSource(UserFrom.class)
    @Execution(ExecutionMode.CONCURRENT)
    void namesTheStalledPartition_andTheOthersContinueWithoutIt(UserFrom userFrom) throws Exception {
        try (LiveService service = LiveService.start(directory, userFrom, GAP, System::currentTimeMillis);
                Producer<byte[], byte[]> upstream = transactional(service)) {
            upstream.beginTransaction();
            upstream.send(LiveService.record(
                            0, System.currentTimeMillis(), "opens", event("opens", System.currentTimeMillis())))
                    .get();
            long last = System.currentTimeMillis();
            service.send(1, "other", last);
            service.outputs.await("The other has concluded", PATIENCE, seen -> service.hasConcluded("other"));
            if (userFrom == UserFrom.KEY) {
                assertTrue(service.seenAt("other") - last < GAP + LATEST, "not delayed by the open transaction");
            }
            service.outputs.await("It is stalled", PATIENCE, seen -> isStalled(service, userFrom));
            upstream.abortTransaction();
            service.outputs.await("It is not stalled", PATIENCE, seen -> !isStalled(service, userFrom));
        }
    }

    private static boolean isStalled(LiveService service, UserFrom userFrom) {
        List<Integer> stalled = service.sessionizer.counters().inputs().stream()
                .filter(InputStatus::isStalled)
                .map(InputStatus::partition)
                .toList();
        List<SourceStatus> sources = service.sessionizer.counters().sources();
        boolean isLeftOut = userFrom == UserFrom.KEY
                ? stalled.equals(List.of(0))
                : sources.stream().anyMatch(status -> status.leftOut().equals(List.of(0)));
        return stalled.equals(List.of(0)) && isLeftOut;
    }

    private static String event(String user, long time) {
        return TestEvent.counted("e", user, time).json();
    }

    private static Producer<byte[], byte[]> transactional(LiveService service) {
        Producer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", service.cluster.bootstrapServers(), "transactional.id", "upstream"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        producer.initTransactions();
        return producer;
    }
}
