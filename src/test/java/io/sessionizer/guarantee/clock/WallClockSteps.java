package io.sessionizer.guarantee.clock;

import static io.sessionizer.guarantee.clock.LiveService.LATEST;
import static io.sessionizer.guarantee.clock.LiveService.PATIENCE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.kafka.config.SessionizerSettings.UserFrom;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A wall clock that was wrong for a while silences no partition once it is right. */
@Tag("long")
@Tag("alone")
class WallClockSteps {
    private static final long GAP = 6_000;
    private static final long MINUTE = 60_000;

    @TempDir
    Path directory;

    private final AtomicLong aheadMs = new AtomicLong();

    /** Less than an hour: brokers refuse what is further ahead of their own clock. */
    @ParameterizedTest
    @EnumSource(UserFrom.class)
    @Execution(ExecutionMode.CONCURRENT)
    void concludesOnTime_afterTheWallClockWasAheadForAWhile(UserFrom userFrom) throws Exception {
        try (LiveService service =
                LiveService.start(directory, userFrom, GAP, () -> System.currentTimeMillis() + aheadMs.get())) {
            service.send(0, "before", System.currentTimeMillis());
            aheadMs.set(30 * MINUTE);
            service.outputs.await("What was open concludes", PATIENCE, seen -> service.hasConcluded("before"));
            long last = System.currentTimeMillis();
            service.send(0, "meanwhile", last);
            service.outputs.await(
                    "It is stamped",
                    PATIENCE,
                    seen -> seen.stamped().stream()
                            .anyMatch(event -> event.user().equals("meanwhile")));
            aheadMs.set(0);
            long right = System.currentTimeMillis();
            service.send(0, "after", right);
            service.outputs.await(
                    "Both conclude",
                    PATIENCE,
                    seen -> service.hasConcluded("meanwhile") && service.hasConcluded("after"));
            long afterMs = service.seenAt("after") - right;
            assertTrue(afterMs > GAP && afterMs < GAP + LATEST, "ms after the last event. Found: " + afterMs);
            long meanwhileMs = service.seenAt("meanwhile") - right;
            assertTrue(meanwhileMs < GAP + LATEST, "ms after it was right again. Found: " + meanwhileMs);
        }
    }

    @ParameterizedTest
    @EnumSource(UserFrom.class)
    @Execution(ExecutionMode.CONCURRENT)
    void concludesOnTime_afterTheWallClockWasSetBack(UserFrom userFrom) throws Exception {
        aheadMs.set(10 * MINUTE);
        try (LiveService service =
                LiveService.start(directory, userFrom, GAP, () -> System.currentTimeMillis() + aheadMs.get())) {
            aheadMs.set(0);
            long last = System.currentTimeMillis();
            service.send(0, "victim", last);
            service.outputs.await("It concludes", PATIENCE, seen -> service.hasConcluded("victim"));
            long afterMs = service.seenAt("victim") - last;
            assertTrue(afterMs > GAP && afterMs < GAP + LATEST, "ms after the last event. Found: " + afterMs);
            service.outputs.readFor(Duration.ofSeconds(1));
            assertEquals(1, service.conclusions("victim"));
        }
    }
}
