package io.sessionizer.guarantee;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.guarantee.support.CrashedRun;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * With a read-committed consumer each event that counts is stamped once, and each record that is not a valid event is
 * dead-lettered once, through crashes, the loss of the state directory, and restarts. No event is dropped for being late.
 */
@Tag("alone")
class NoEventLost {
    private static CrashedRun run;

    @BeforeAll
    static void run(@TempDir Path directory) throws Exception {
        run = CrashedRun.in(directory);
    }

    @Test
    void everyCountingEventIsStampedOnce() {
        run.audit().everyCountingEventIsStampedOnce();
    }

    @Test
    void everyStampedEventIsTheOneThatWasSent() {
        run.audit().everyStampedEventIsTheOneThatWasSent();
    }

    @Test
    void everyBrokenEventIsADeadLetterOnce() {
        run.audit().everyBrokenEventIsADeadLetterOnce();
    }

    /** Otherwise the kills would have proven nothing. */
    @Test
    void theKillsCutTransactionsShort() {
        assertTrue(
                run.cutShort() > 0,
                "events stamped by transactions that were cut short: must be some. Found: " + run.cutShort());
    }
}
