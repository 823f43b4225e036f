package io.sessionizer.quickstart;

import io.sessionizer.quickstart.traffic.RecordLoader;
import io.sessionizer.quickstart.traffic.SampleRecord;
import io.sessionizer.quickstart.traffic.TrafficSource;
import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Runs the quickstart and shows its progress: loads and processes the history, prints a summary, then follows live
 * traffic until it is stopped. All on the caller's thread.
 */
final class Walkthrough {
    private static final Duration NO_WAIT = Duration.ZERO;
    private static final Duration POLL_TIMEOUT = Duration.ofMillis(300);

    private final QuickstartPlan plan;
    private final Screen screen;
    private final BooleanSupplier isStopped;

    Walkthrough(QuickstartPlan plan, Screen screen, BooleanSupplier isStopped) {
        this.plan = plan;
        this.screen = screen;
        this.isStopped = isStopped;
    }

    void run(TrafficSource traffic, RecordLoader loader, OutputReader reader)
            throws IOException, InterruptedException, ExecutionException {
        long began = System.nanoTime();
        screen.line("Loading " + traffic.name() + " ...");
        Iterator<SampleRecord> history = traffic.history();
        while (history.hasNext() && !isStopped.getAsBoolean()) {
            loader.sendBatch(history);
            reader.poll(NO_WAIT);
            progress("loading", loader, reader);
        }
        loader.flush();
        awaitHistory(loader, reader);
        if (!isStopped.getAsBoolean()) {
            summary(traffic, loader, reader, System.nanoTime() - began);
        }
        followLive(traffic.live(), loader, reader);
    }

    private void awaitHistory(RecordLoader loader, OutputReader reader)
            throws IOException, InterruptedException, ExecutionException {
        while (!isStopped.getAsBoolean() && !reader.hasSeenAll(idleTime(reader.tally()))) {
            reader.poll(POLL_TIMEOUT);
            progress("processing", loader, reader);
        }
    }

    /** If no session is open, there is no conclusion to wait for; the first output may take longer. */
    private Duration idleTime(Tally tally) {
        return tally.records() > 0 && tally.open().isEmpty() ? QuickstartPlan.SETTLE_TIME : plan.idleTime();
    }

    private void followLive(Iterator<SampleRecord> live, RecordLoader loader, OutputReader reader) throws IOException {
        while (!isStopped.getAsBoolean()) {
            loader.sendBatch(live);
            reader.poll(POLL_TIMEOUT);
            progress("following", loader, reader);
        }
    }

    private void summary(TrafficSource traffic, RecordLoader loader, OutputReader reader, long nanos) {
        screen.line("");
        screen.line(String.format(
                Locale.ROOT, "Processed %,d records in %d s:", loader.sent(), TimeUnit.NANOSECONDS.toSeconds(nanos)));
        if (traffic.skipped() > 0) {
            screen.line(String.format(
                    Locale.ROOT, "%,12d  lines left out: longer than the 1 MiB that Kafka takes", traffic.skipped()));
        }
        screen.lines(Summary.of(reader.tally(), plan.service().http().zone()));
        screen.lines(List.of("", traffic.liveDescription() + " Ctrl-C ends it."));
    }

    private void progress(String doing, RecordLoader loader, OutputReader reader) {
        if (screen.progressIsDue()) {
            Tally tally = reader.tally();
            screen.progress(String.format(
                    Locale.ROOT,
                    "  %s: %,d sent, %,d stamped, %,d sessions concluded, %,d open",
                    doing,
                    loader.sent(),
                    tally.events(),
                    tally.sessions().size(),
                    tally.open().size()));
        }
    }
}
