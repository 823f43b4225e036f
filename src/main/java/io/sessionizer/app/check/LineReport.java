package io.sessionizer.app.check;

import io.sessionizer.dryrun.LineResult;
import io.sessionizer.dryrun.LineResult.Counted;
import io.sessionizer.dryrun.LineResult.LineVerdict;
import io.sessionizer.dryrun.LineResult.NotCounted;
import io.sessionizer.event.UncountedReason.EventPart;
import java.util.List;

/** How the results of lines are written. */
interface LineReport {
    /** What is before the first line. */
    List<String> head();

    /** The result of a line, without a line's end in it. */
    String row(LineResult result);

    /**
     * What is after the last line.
     *
     * @param counts of all lines, in one line
     */
    List<String> foot(String counts);

    /** The word for a verdict. */
    static String word(LineVerdict verdict) {
        if (verdict instanceof Counted) {
            return "counts";
        }
        if (verdict instanceof NotCounted uncounted) {
            return uncounted.by() == EventPart.NAME ? "excluded" : "untracked";
        }
        return "dead-letter";
    }

    /** Why an event does not count, as a sentence. */
    static String why(EventPart by) {
        return switch (by) {
            case NAME -> "excluded.events has its name, or it is the service's own event.";
            case TYPE -> "event.types does not have its type.";
            case SOURCE -> "untracked.sources has its source.";
        };
    }
}
