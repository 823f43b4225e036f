package io.sessionizer.guarantee.table;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.guarantee.support.CrashedRun;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The latest rows of the sessions table are the sessions of the sorted events, without those that were merged or whose user
 * was erased, through crashes, the loss of the state directory, and restarts.
 */
@Tag("alone")
class LatestRowIsTheTruth {
    private static CrashedRun run;
    private static LoadedTable table;

    @BeforeAll
    static void run(@TempDir Path directory) throws Exception {
        run = CrashedRun.in(directory);
        table = LoadedTable.of(run.table());
    }

    @Test
    void theRowsAreTheSessionsOfTheSortedEvents() {
        table.requireSessions(run.reference());
    }

    @Test
    void eachRowIsItsSessionsLatestConclusion() {
        LoadedTable.requireSame(
                run.audit().sessions().stream()
                        .map(last -> List.of(last.id(), last.user(), last.timestamp(), last.events(), last.revision())),
                table.rows().stream()
                        .map(row -> List.of(
                                row.session_id(), row.user_id(), row.ended_at(), row.event_count(), row.revision())));
    }

    /** Otherwise the run would prove little. */
    @Test
    void rowsWereReplacedAndDeleted() {
        int keys = table.rows().size() + table.deleted();
        assertTrue(table.records() > keys, "records of " + keys + " keys: must be more. Found: " + table.records());
        assertTrue(table.deleted() > 100, "deleted rows: must be some. Found: " + table.deleted());
    }
}
