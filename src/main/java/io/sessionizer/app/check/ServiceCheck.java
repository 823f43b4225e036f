package io.sessionizer.app.check;

import io.sessionizer.app.config.ConfigReference;
import io.sessionizer.kafka.BrokerCheck;
import io.sessionizer.kafka.config.CannotStartException;
import io.sessionizer.kafka.config.SessionizerSettings;
import io.sessionizer.kafka.topics.StartReport;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;

/**
 * Runs the command check on a valid configuration: reports what a start would find, and what would happen to events
 * (specification, section 5). Results are printed to standard output; problems to standard error, in the same lines as
 * at a start.
 */
public final class ServiceCheck {
    private final SessionizerSettings settings;
    private final CheckRequest request;
    private final PrintStream out;
    private final PrintStream err;

    public ServiceCheck(SessionizerSettings settings, CheckRequest request, PrintStream out, PrintStream err) {
        this.settings = settings;
        this.request = request;
        this.out = out;
        this.err = err;
    }

    /**
     * Runs the requested checks. Returns whether no problem was found.
     *
     * @throws IOException if the events cannot be read, with one line for the operator
     */
    public boolean run(InputStream standardInput) throws IOException, InterruptedException {
        if (request.events().isEmpty()) {
            describe("The configuration is valid: " + ConfigReference.summary(settings));
            return !request.isConnecting() || report().problems().isEmpty();
        }
        try (EventsCheck events = EventsCheck.open(settings, request.events().get(), standardInput)) {
            describe("The configuration is valid: " + ConfigReference.summary(settings));
            StartReport report = report();
            boolean isFine = events.run(report.limits(), request.isJson() ? new LineJson() : new LineTable(), out);
            return isFine && report.problems().isEmpty();
        }
    }

    private StartReport report() throws InterruptedException {
        if (!request.isConnecting()) {
            return BrokerCheck.offline(settings);
        }
        StartReport report = online();
        report.problems().forEach(line -> print(CannotStartException.PREFIX + line));
        report.warnings().forEach(line -> print("sessionizer: warning: " + line));
        if (report.problems().isEmpty()) {
            describe("No problems found on the brokers: login, topics, limits and rights.");
        }
        if (!report.missingTopics().isEmpty()) {
            describe("The start would create: " + String.join(", ", report.missingTopics()));
        }
        return report;
    }

    private StartReport online() throws InterruptedException {
        try {
            return BrokerCheck.online(settings);
        } catch (CannotStartException e) {
            return BrokerCheck.offline(settings).with(e.problems());
        }
    }

    private void print(String line) {
        err.println(line.replaceAll("\\p{Cntrl}+", " "));
    }

    /** Printed only without JSON, which is for programs. */
    private void describe(String line) {
        if (!request.isJson()) {
            out.println(line);
        }
    }
}
