package io.sessionizer.quickstart;

import io.sessionizer.app.Instance;
import io.sessionizer.kafka.config.CannotStartException;
import io.sessionizer.kafka.config.TopicRole;
import io.sessionizer.quickstart.traffic.RecordLoader;
import io.sessionizer.quickstart.traffic.TrafficSource;
import io.sessionizer.web.CannotListenException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;

/**
 * Sessionizer on an embedded broker, with sample traffic or the user's own events: starts everything in order, and
 * cleans up afterwards. In between, the {@link Walkthrough} is in control.
 */
public final class Quickstart {
    private static final int FAILED = 1;
    private static final int WRONG = 2;

    private final QuickstartOptions options;
    private final Screen screen;
    private final StopSignal stop;
    private volatile boolean hasFailed;

    private Quickstart(QuickstartOptions options, Screen screen, StopSignal stop) {
        this.options = options;
        this.screen = screen;
        this.stop = stop;
    }

    public static void main(String[] arguments) throws InterruptedException {
        System.setProperty("logback.configurationFile", "io/sessionizer/quickstart/logback.xml");
        QuickstartOptions options;
        try {
            options = QuickstartOptions.parse(List.of(arguments));
        } catch (IllegalArgumentException wrong) {
            System.err.println(wrong.getMessage());
            System.exit(WRONG);
            return;
        }
        if (options.help()) {
            System.out.println(QuickstartOptions.HELP);
            return;
        }
        StopSignal stop = StopSignal.onSignal();
        int code = new Quickstart(options, Screen.ofThisProcess(), stop).run();
        boolean isSignalled = stop.isRequested();
        stop.finished();
        if (isSignalled) {
            // The process is already shutting down; the caller of main must not start its own clean-up.
            new CountDownLatch(1).await();
        }
        System.exit(code);
    }

    private int run() {
        try {
            serve();
            return 0;
        } catch (BindException taken) {
            return fail(taken.getMessage() + ". Choose another with --port PORT, or use the broker there with "
                    + "--bootstrap-servers localhost:" + options.port());
        } catch (CannotListenException taken) {
            return fail("port " + options.httpPort()
                    + " of the Session Board is in use. Choose another with --http-port PORT");
        } catch (UncheckedIOException failed) {
            return fail(failed.getCause().getMessage());
        } catch (IOException | CannotStartException | KafkaException | IllegalStateException failed) {
            return fail(failed.getMessage());
        } catch (ExecutionException failed) {
            return fail(failed.getCause().getMessage());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return fail("interrupted");
        } catch (RuntimeException | Error failed) {
            // A process that is shutting down rejects new shutdown hooks; that need not be reported.
            return fail("failed unexpectedly: " + failed);
        }
    }

    private int fail(String line) {
        if (!stop.isRequested()) {
            System.err.println("quickstart: " + line);
        }
        return FAILED;
    }

    private void serve() throws IOException, InterruptedException, ExecutionException {
        try (TrafficSource traffic = TrafficSource.of(
                        options.events().map(QuickstartOptions.OwnEvents::file), System.currentTimeMillis());
                TempDirectory tempDirectory = TempDirectory.create()) {
            if (options.bootstrapServers().isPresent()) {
                serve(
                        QuickstartPlan.of(options, options.bootstrapServers().get(), tempDirectory.directory("state")),
                        traffic);
            } else {
                try (EmbeddedBroker broker = EmbeddedBroker.start(tempDirectory.directory("broker"), options.port())) {
                    serve(
                            QuickstartPlan.of(options, broker.bootstrapServers(), tempDirectory.directory("state")),
                            traffic);
                }
            }
        }
        screen.line(
                options.bootstrapServers().isPresent()
                        ? "Stopped. The topics quickstart-* are still there."
                        : "Stopped, and cleaned up.");
    }

    private void serve(QuickstartPlan plan, TrafficSource traffic)
            throws IOException, InterruptedException, ExecutionException {
        if (stop.isRequested()) {
            return;
        }
        plan.createEventsTopic();
        try (Instance service = new Instance(plan.service())) {
            service.start();
            watch(service);
            screen.line("Session Board: http://localhost:" + service.port());
            screen.line("Kafka is at " + plan.bootstrapServers().replace("127.0.0.1", "localhost")
                    + ", for any Kafka client. Topics: "
                    + plan.settings().topics().name(TopicRole.EVENTS) + " -> " + String.join(", ", plan.outputs())
                    + ".");
            try (RecordLoader loader = new RecordLoader(
                            plan.bootstrapServers(), plan.settings().topics().name(TopicRole.EVENTS));
                    OutputReader reader = new OutputReader(plan, screen)) {
                new Walkthrough(plan, screen, () -> stop.isRequested() || hasFailed).run(traffic, loader, reader);
            }
        }
        if (hasFailed) {
            throw new IllegalStateException("the service gave up after repeated failures, see above");
        }
    }

    private void watch(Instance service) {
        Thread watch = new Thread(
                () -> {
                    try {
                        hasFailed = !service.awaitEnd();
                    } catch (InterruptedException ended) {
                        Thread.currentThread().interrupt();
                    }
                },
                "service-watch");
        watch.setDaemon(true);
        watch.start();
    }
}
