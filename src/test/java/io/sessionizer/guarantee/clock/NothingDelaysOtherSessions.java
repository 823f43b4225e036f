package io.sessionizer.guarantee.clock;

import static io.sessionizer.guarantee.clock.LiveService.GAP;
import static io.sessionizer.guarantee.clock.LiveService.LATEST;
import static io.sessionizer.guarantee.clock.LiveService.PATIENCE;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.kafka.config.SessionizerSettings.UserFrom;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever else comes into a live partition, at any rate, a session there concludes on time. */
@Tag("alone")
class NothingDelaysOtherSessions {
    private static final long DAY = 24 * 60 * 60_000;

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(UserFrom.class)
    @Execution(ExecutionMode.CONCURRENT)
    void concludesOnTime_amidBrokenRecordsErasuresFutureEventsAndUploads(UserFrom userFrom) throws Exception {
        try (LiveService service = LiveService.start(directory, userFrom, GAP, System::currentTimeMillis)) {
            long last = System.currentTimeMillis();
            service.send(0, "victim", last);
            service.outputs.await("The session has concluded", PATIENCE, seen -> {
                sendNoise(service);
                return service.hasConcluded("victim");
            });
            long afterMs = service.seenAt("victim") - last;
            assertTrue(afterMs > GAP, "ms after the last event: must be above " + GAP + ". Found: " + afterMs);
            assertTrue(
                    afterMs < GAP + LATEST,
                    "ms after the last event: must be below " + (GAP + LATEST) + ". Found: " + afterMs);
        }
    }

    /** Some twenty times a second. */
    private static void sendNoise(LiveService service) {
        long now = System.currentTimeMillis();
        service.produce(0, now, "broken", "{");
        service.produce(0, now, "gone", null);
        service.produce(0, now, "excluded", "{\"evtName\":\"App Installed\",\"ts\":\"yesterday\"}");
        service.produce(
                0, now, "ahead", "{\"identity\":\"ahead\",\"evtName\":\"Seen\",\"ts\":" + (now / 1_000 + 3_600) + "}");
        service.send(0, "phone", now - DAY);
    }

    @ParameterizedTest
    @EnumSource(UserFrom.class)
    @Execution(ExecutionMode.CONCURRENT)
    void concludesOnTime_amidSparseTraffic(UserFrom userFrom) throws Exception {
        try (LiveService service = LiveService.start(directory, userFrom, GAP, System::currentTimeMillis)) {
            long last = System.currentTimeMillis();
            service.send(0, "victim", last);
            long[] nextMs = {last + 1_500};
            service.outputs.await("The session has concluded", PATIENCE, seen -> {
                if (System.currentTimeMillis() > nextMs[0]) {
                    nextMs[0] += 1_500;
                    service.send(0, "sparse", System.currentTimeMillis());
                }
                return service.hasConcluded("victim");
            });
            long afterMs = service.seenAt("victim") - last;
            assertTrue(afterMs > GAP && afterMs < GAP + LATEST, "ms after the last event. Found: " + afterMs);
        }
    }
}
