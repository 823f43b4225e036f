package io.sessionizer.app.check;

import io.sessionizer.dryrun.LineResult;
import io.sessionizer.dryrun.LineResult.Counted;
import io.sessionizer.dryrun.LineResult.LineVerdict;
import io.sessionizer.dryrun.LineResult.NotCounted;
import io.sessionizer.event.UncountedReason.EventPart;
import java.util.List;

/** The format in which the results of lines are printed. */
interface LineReport {
    /** The lines that are printed before the first result. */
    List<String> head();

    /** The result of a line, as text without line breaks. */
    String row(LineResult result);

    /**
     * The lines that are printed after the last result.
     *
     * @param counts the counts of all lines, as one line
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

    /** A sentence that says why an event does not count. */
    static String why(EventPart by) {
        return switch (by) {
            case NAME -> "excluded.events contains its name, or it is the service's own event.";
            case TYPE -> "event.types does not contain its type.";
            case SOURCE -> "untracked.sources contains its source.";
        };
    }
}
