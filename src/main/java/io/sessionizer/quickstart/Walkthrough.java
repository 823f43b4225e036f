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
 * What the visitor is told, in order: the history while it loads and is worked off, a summary, and then the present
 * until it is over. All on the caller's thread.
 */
final class Walkthrough {
    private static final Duration AT_ONCE = Duration.ZERO;
    private static final Duration SHORTLY = Duration.ofMillis(300);

    private final QuickstartPlan plan;
    private final Screen screen;
    private final BooleanSupplier isOver;

    Walkthrough(QuickstartPlan plan, Screen screen, BooleanSupplier isOver) {
        this.plan = plan;
        this.screen = screen;
        this.isOver = isOver;
    }

    void run(TrafficSource traffic, RecordLoader loader, OutputReader follower)
            throws IOException, InterruptedException, ExecutionException {
        long began = System.nanoTime();
        screen.line("Loading " + traffic.name() + " ...");
        Iterator<SampleRecord> history = traffic.history();
        while (history.hasNext() && !isOver.getAsBoolean()) {
            loader.sendSome(history);
            follower.poll(AT_ONCE);
            progress("loading", loader, follower);
        }
        loader.flush();
        workOff(loader, follower);
        if (!isOver.getAsBoolean()) {
            summary(traffic, loader, follower, System.nanoTime() - began);
        }
        goOn(traffic.live(), loader, follower);
    }

    private void workOff(RecordLoader loader, OutputReader follower)
            throws IOException, InterruptedException, ExecutionException {
        while (!isOver.getAsBoolean() && !follower.hasSeenAll(quiet(follower.tally()))) {
            follower.poll(SHORTLY);
            progress("working it off", loader, follower);
        }
    }

    /** Where no session is open, none is waited for. */
    private Duration quiet(Tally tally) {
        return tally.open().isEmpty() ? QuickstartPlan.COMMITS : plan.quiet();
    }

    private void goOn(Iterator<SampleRecord> live, RecordLoader loader, OutputReader follower) throws IOException {
        while (!isOver.getAsBoolean()) {
            loader.sendSome(live);
            follower.poll(SHORTLY);
            progress("following", loader, follower);
        }
    }

    private void summary(TrafficSource traffic, RecordLoader loader, OutputReader follower, long nanos) {
        screen.line("");
        screen.line(String.format(
                Locale.ROOT, "Worked off %,d records in %d s:", loader.sent(), TimeUnit.NANOSECONDS.toSeconds(nanos)));
        if (traffic.skipped() > 0) {
            screen.line(String.format(
                    Locale.ROOT, "%,12d  lines left out: longer than the 1 MiB that Kafka takes", traffic.skipped()));
        }
        screen.lines(Summary.of(follower.tally()));
        screen.lines(List.of("", traffic.presence() + " Ctrl-C ends it."));
    }

    private void progress(String doing, RecordLoader loader, OutputReader follower) {
        if (screen.progressIsDue()) {
            Tally tally = follower.tally();
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
