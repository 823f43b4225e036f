package io.sessionizer.app.check;

import io.sessionizer.dryrun.LineResult;
import io.sessionizer.dryrun.LineResult.Counted;
import io.sessionizer.dryrun.LineResult.DeadLettered;
import io.sessionizer.dryrun.LineResult.LineFields;
import io.sessionizer.dryrun.LineResult.LineVerdict;
import io.sessionizer.dryrun.LineResult.NotCounted;
import java.time.Instant;
import java.util.List;

/** A table for a terminal. Its columns have fixed widths, since rows are written as the lines are read. */
final class LineTable implements LineReport {
    private static final int[] WIDTHS = {6, 11, 20, 20, 24, 8};
    private static final String OF_RECORD = "(its record's)";

    @Override
    public List<String> head() {
        return List.of(row("line", "verdict", "user", "name", "time", "source", "session, or why there is none"));
    }

    @Override
    public String row(LineResult result) {
        LineFields fields = result.fields();
        return row(
                Long.toString(result.number()),
                LineReport.word(result.verdict()),
                fields.user().orElse(""),
                fields.name().orElse(""),
                time(result),
                fields.source().orElse(""),
                last(result.verdict()));
    }

    private static String time(LineResult result) {
        if (result.fields().timeMs().isPresent()) {
            return Instant.ofEpochMilli(result.fields().timeMs().getAsLong()).toString();
        }
        return result.verdict() instanceof Counted ? OF_RECORD : "";
    }

    private static String last(LineVerdict verdict) {
        if (verdict instanceof Counted counted) {
            return counted.session() + (counted.opensSession() ? " (new)" : "");
        }
        return verdict instanceof DeadLettered letter
                ? letter.rejection().reason() + ": " + letter.rejection().detail()
                : LineReport.why(((NotCounted) verdict).by());
    }

    private static String row(String... cells) {
        StringBuilder row = new StringBuilder(128);
        for (int i = 0; i < WIDTHS.length; i++) {
            String cell = printable(cells[i]);
            String cut = cell.length() > WIDTHS[i] ? cell.substring(0, WIDTHS[i] - 1) + "…" : cell;
            row.append(cut).append(" ".repeat(WIDTHS[i] - cut.length() + 2));
        }
        return row.append(printable(cells[WIDTHS.length])).toString();
    }

    /** Text from events must not control the terminal. */
    private static String printable(String text) {
        return text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", "?");
    }

    @Override
    public List<String> foot(String counts) {
        return List.of(counts);
    }
}
