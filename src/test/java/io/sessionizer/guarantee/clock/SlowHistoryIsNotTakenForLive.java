package io.sessionizer.guarantee.clock;

import static io.sessionizer.guarantee.clock.LiveService.GAP;
import static io.sessionizer.guarantee.clock.LiveService.IDLE_AFTER;
import static io.sessionizer.guarantee.clock.LiveService.PATIENCE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sessionizer.guarantee.support.ServiceOutputs.ConcludedRecord;
import io.sessionizer.kafka.config.SessionizerSettings.UserFrom;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A history that is loaded at a pace far below the service's own concludes by its own time while it keeps coming. */
class SlowHistoryIsNotTakenForLive {
    private static final long DAY = 24 * 60 * 60_000;
    private static final long INTERVAL_MS = 100;
    /** By then a clock that does not heed the records has followed the wall clock. */
    private static final long LOADING_MS = 2 * IDLE_AFTER + 1_500;

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(UserFrom.class)
    void concludesOnce_whenItsOwnTimeHasPassed(UserFrom userFrom) throws Exception {
        try (LiveService service =
                LiveService.startWithoutRecords(directory, userFrom, GAP, System::currentTimeMillis)) {
            long first = System.currentTimeMillis() - DAY;
            service.send(0, "reader", first);
            service.outputs.await(
                    "The history is being read",
                    PATIENCE,
                    seen -> !seen.stamped().isEmpty());
            long started = System.currentTimeMillis();
            int[] sent = {1};
            service.outputs.await("It was loaded for long", PATIENCE, seen -> {
                long elapsed = System.currentTimeMillis() - started;
                if (elapsed >= sent[0] * INTERVAL_MS) {
                    service.send(0, "reader", first + sent[0]++ * GAP / 2);
                }
                return elapsed > LOADING_MS;
            });
            assertEquals(0, service.conclusions("reader"));
            service.send(0, "other", first + (sent[0] - 1) * GAP / 2 + GAP + 1);
            service.outputs.await("Its session has concluded", PATIENCE, seen -> service.hasConcluded("reader"));
            List<ConcludedRecord> concluded = service.outputs.concluded().stream()
                    .filter(each -> each.user().equals("reader"))
                    .toList();
            assertEquals((long) sent[0], concluded.get(0).events());
        }
    }
}
