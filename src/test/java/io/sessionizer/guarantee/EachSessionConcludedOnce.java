package io.sessionizer.guarantee;

import io.sessionizer.guarantee.support.CrashedRun;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * With a read-committed consumer each revision of a session is concluded once, through crashes, the loss of the state
 * directory, and restarts, and whatever the order of arrival, the final sessions are those of the sorted events.
 */
@Tag("alone")
class EachSessionConcludedOnce {
    private static CrashedRun run;

    @BeforeAll
    static void run(@TempDir Path directory) throws Exception {
        run = CrashedRun.in(directory);
    }

    @Test
    void everyRevisionIsConcludedOnce() {
        run.audit().everyRevisionIsConcludedOnce();
    }

    @Test
    void everyMergedIdIsNamedOnceAndLast() {
        run.audit().everyMergedIdIsNamedOnceAndLast();
    }

    @Test
    void everySessionIsConcludedAsTheReferenceHasIt() {
        run.audit().everySessionIsConcludedAsTheReferenceHasIt();
    }

    @Test
    void everyEventCarriesTheIdOfItsSession() {
        run.audit().everyEventCarriesTheIdOfItsSession();
    }
}
