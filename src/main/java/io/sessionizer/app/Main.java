package io.sessionizer.app;

import io.sessionizer.app.check.CheckRequest;
import io.sessionizer.app.check.ServiceCheck;
import io.sessionizer.app.config.ConfigFile;
import io.sessionizer.app.config.ConfigReference;
import io.sessionizer.app.config.Configuration;
import io.sessionizer.app.config.Configuration.Invalid;
import io.sessionizer.app.config.Configuration.Valid;
import io.sessionizer.kafka.config.CannotStartException;
import io.sessionizer.web.CannotListenException;
import io.sessionizer.web.http.BuildVersions;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The command line (specification, section 5). Messages to the operator are one line each, never a stack trace; these are in
 * the debug log.
 */
public final class Main {
    private static final Logger LOG = LoggerFactory.getLogger(Main.class);

    private final PrintStream out;
    private final PrintStream err;

    Main(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    public static void main(String[] arguments) {
        Main main = new Main(utf8(System.out), utf8(System.err));
        int code = main.run(List.of(arguments), System.getenv());
        // even after the service has stopped: a leaked client thread must not keep the process alive
        System.exit(code);
    }

    private static PrintStream utf8(PrintStream stream) {
        return new PrintStream(stream, true, StandardCharsets.UTF_8);
    }

    private int run(List<String> arguments, Map<String, String> environment) {
        Command command = Command.parse(arguments);
        if (command instanceof Command.UsageError usageError) {
            return reportUsage(List.of(usageError.line(), "Try --help."));
        }
        if (command instanceof Command.Run run) {
            return withConfiguration(
                    run.config(),
                    environment,
                    valid -> serve(run.acceptsPositions() ? valid.acceptingPositions() : valid));
        }
        if (command instanceof Command.Check check) {
            // standard output is for results, so the log goes to standard error
            System.setOut(System.err);
            return withConfiguration(check.config(), environment, valid -> check(valid, check.request()));
        }
        out.println(
                command instanceof Command.ShowHelp
                        ? ConfigReference.help()
                        : "sessionizer " + BuildVersions.service());
        return ExitCode.OK;
    }

    private int reportUsage(List<String> lines) {
        lines.forEach(err::println);
        return ExitCode.WRONG_USAGE;
    }

    private int withConfiguration(
            Optional<Path> config, Map<String, String> environment, ToIntFunction<Valid> command) {
        ConfigFile file = config.map(ConfigFile::read).orElse(ConfigFile.NONE);
        Configuration configuration = Configuration.load(file, environment);
        return configuration instanceof Valid valid
                ? command.applyAsInt(valid)
                : reportUsage(((Invalid) configuration).problems());
    }

    private int check(Valid configuration, CheckRequest request) {
        try {
            boolean isFine = new ServiceCheck(configuration.settings(), request, out, err).run(System.in);
            return isFine ? ExitCode.OK : ExitCode.FAILED;
        } catch (IOException e) {
            return reportUsage(List.of(e.getMessage()));
        } catch (CannotStartException e) {
            e.problems().forEach(line -> err.println(CannotStartException.PREFIX + line));
            return ExitCode.FAILED;
        } catch (Throwable e) {
            err.println(unexpected(e));
            return ExitCode.FAILED;
        }
    }

    private int serve(Valid configuration) {
        LOG.info(
                "Sessionizer {} starts: {}",
                BuildVersions.service(),
                ConfigReference.summary(configuration.settings()));
        Instance instance;
        try {
            instance = new Instance(configuration);
        } catch (CannotListenException | CannotStartException e) {
            err.println(CannotStartException.PREFIX + e.getMessage());
            return ExitCode.FAILED;
        }
        Shutdown shutdown = Shutdown.install(instance);
        return exitCode(shutdown, () -> serve(instance, shutdown));
    }

    private int serve(Instance instance, Shutdown shutdown) throws InterruptedException {
        instance.start();
        return instance.awaitEnd()
                ? ExitCode.OK
                : fail(
                        shutdown,
                        instance.stopReason()
                                .map(line -> "sessionizer: stopped: " + line)
                                .orElse("sessionizer: gave up after repeated failures; see the log"));
    }

    /**
     * The exit code of {@code service}, or of the reported failure: the process must not hang, whatever the failure.
     */
    int exitCode(Shutdown shutdown, Callable<Integer> service) {
        try {
            return service.call();
        } catch (CannotStartException e) {
            return fail(
                    shutdown,
                    e.problems().stream()
                            .map(line -> CannotStartException.PREFIX + line)
                            .toArray(String[]::new));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return fail(shutdown, "sessionizer: was interrupted");
        } catch (Throwable e) {
            return fail(shutdown, unexpected(e));
        }
    }

    /** The message goes to the log only: it may contain a secret. */
    private static String unexpected(Throwable failure) {
        LOG.debug("Unexpected", failure);
        StackTraceElement[] trace = failure.getStackTrace();
        String where = trace.length == 0 ? "" : " at " + trace[0];
        return "sessionizer: failed unexpectedly, a bug: " + failure.getClass().getName() + where;
    }

    private int fail(Shutdown shutdown, String... lines) {
        if (shutdown.recordFailure()) {
            for (String line : lines) {
                err.println(line.replaceAll("\\p{Cntrl}+", " "));
            }
        }
        return ExitCode.FAILED;
    }
}
