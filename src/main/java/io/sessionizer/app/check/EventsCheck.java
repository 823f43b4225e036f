package io.sessionizer.app.check;

import io.sessionizer.app.check.EventLines.EventLine;
import io.sessionizer.dryrun.DryRun;
import io.sessionizer.dryrun.DryRunRules;
import io.sessionizer.dryrun.LineResult;
import io.sessionizer.dryrun.LineResult.DeadLettered;
import io.sessionizer.dryrun.LineResult.LineFields;
import io.sessionizer.event.EventValidator.InputLimits;
import io.sessionizer.event.Rejection;
import io.sessionizer.event.RejectionReason;
import io.sessionizer.event.format.EventField;
import io.sessionizer.kafka.config.SessionizerSettings;
import io.sessionizer.kafka.config.SessionizerSettings.Uncounted;
import io.sessionizer.kafka.config.SessionizerSettings.UserFrom;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Prints what would happen to each line of a file. It reads and prints line by line, so the file may have any size. */
final class EventsCheck implements AutoCloseable {
    /** A longer line is not read, unless the enriched topic accepts such records. */
    private static final int MIN_MAX_LINE_BYTES = 16 << 20;

    private static final int LINES_PER_FLUSH = 256;

    private final SessionizerSettings settings;
    private final EventLines lines;

    private EventsCheck(SessionizerSettings settings, EventLines lines) {
        this.settings = settings;
        this.lines = lines;
    }

    /**
     * Opens the file.
     *
     * @throws IOException if it cannot be read, or if lines cannot contain the user and the name, with one line for the
     *     operator
     */
    static EventsCheck open(SessionizerSettings settings, String file, InputStream standardInput) throws IOException {
        for (EventField field : List.of(EventField.USER, EventField.NAME)) {
            if (!settings.input().format().isInValue(field)) {
                throw new IOException(field.key()
                        + ": must have a location in the value with check --events, since a line is a value. Found: "
                        + settings.input().format().text(field));
            }
        }
        return new EventsCheck(settings, EventLines.open(file, standardInput));
    }

    /**
     * Reads and prints to the end, or until the reader of the output exits. Returns whether all lines were read and
     * none of them would be a dead letter.
     *
     * @throws IOException if the file cannot be read or has no line, with one line for the operator
     */
    boolean run(InputLimits limits, LineReport report, PrintStream out) throws IOException {
        int maxBytes = (int) Math.max(MIN_MAX_LINE_BYTES, limits.maxEnrichedBytes());
        DryRun dryRun = new DryRun(rules(limits));
        LineCounts counts = new LineCounts();
        PrintStream buffered = new PrintStream(new BufferedOutputStream(out, 1 << 16), false, StandardCharsets.UTF_8);
        report.head().forEach(buffered::println);
        Optional<EventLine> line = lines.next(maxBytes);
        while (line.isPresent()) {
            LineResult result = result(dryRun, line.get(), maxBytes);
            counts.add(result.verdict());
            buffered.println(report.row(result));
            if (counts.lines() % LINES_PER_FLUSH == 0 || lines.isWaiting()) {
                buffered.flush();
                if (out.checkError()) {
                    return false;
                }
            }
            line = lines.next(maxBytes);
        }
        lines.requireAny(counts.lines());
        report.foot(counts.toString()).forEach(buffered::println);
        buffered.flush();
        return !out.checkError() && !counts.hasDeadLetter();
    }

    private static LineResult result(DryRun dryRun, EventLine line, int maxBytes) {
        return line.value()
                .map(value -> dryRun.read(line.number(), value, System.currentTimeMillis()))
                .orElseGet(() -> new LineResult(
                        line.number(),
                        LineFields.NONE,
                        new DeadLettered(new Rejection(
                                RejectionReason.TOO_LARGE,
                                "The line must be at most " + maxBytes + " bytes. Found: more"))));
    }

    private DryRunRules rules(InputLimits limits) {
        return new DryRunRules(
                settings.input().format(),
                settings.rules(),
                limits,
                settings.input().userFrom() == UserFrom.PAYLOAD,
                settings.input().uncounted() == Uncounted.FORWARD);
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
