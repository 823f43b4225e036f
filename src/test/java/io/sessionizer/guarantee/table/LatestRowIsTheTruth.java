package io.sessionizer.guarantee.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.guarantee.support.CrashedRun;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
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
        assertSame(
                run.reference().stream()
                        .map(session -> List.of(
                                session.user(),
                                session.start(),
                                session.end(),
                                (session.end() - session.start()) / 1000,
                                session.events().size())),
                table.rows().stream()
                        .map(row -> List.of(
                                row.user_id(), row.started_at(), row.ended_at(), row.length_s(), row.event_count())));
    }

    @Test
    void eachRowIsItsSessionsLatestConclusion() {
        assertSame(
                run.audit().sessions().stream()
                        .map(last -> List.of(last.id(), last.user(), last.timestamp(), last.events(), last.revision())),
                table.rows().stream()
                        .map(row -> List.of(
                                row.session_id(), row.user_id(), row.ended_at(), row.event_count(), row.revision())));
    }

    /** Otherwise the run would have proven little. */
    @Test
    void rowsWereReplacedAndDeleted() {
        int keys = table.rows().size() + table.deleted();
        assertTrue(table.records() > keys, "records of " + keys + " keys: must be more. Found: " + table.records());
        assertTrue(table.deleted() > 100, "deleted rows: must be some. Found: " + table.deleted());
    }

    private static void assertSame(Stream<List<?>> expected, Stream<List<?>> found) {
        Set<String> missing = asText(expected);
        Set<String> more = asText(found);
        Set<String> both = new TreeSet<>(missing);
        both.retainAll(more);
        missing.removeAll(both);
        more.removeAll(both);
        assertEquals("missing [], instead []", "missing " + first(missing) + ", instead " + first(more));
    }

    private static Set<String> asText(Stream<List<?>> rows) {
        Set<String> text = new TreeSet<>();
        rows.forEach(row -> assertTrue(text.add(row.toString()), () -> row + ": must be there once"));
        return text;
    }

    private static List<String> first(Set<String> rows) {
        return rows.stream().limit(5).toList();
    }
}
