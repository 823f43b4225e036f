package io.sessionizer.app;

import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shuts the process down: on a signal or {@code System.exit}, it closes the service first and sets the exit code.
 *
 * <p>A JVM that is terminated by a signal exits with 128 plus the signal's number. Container platforms expect an
 * orderly stop on a signal to be a success, so the hook itself halts with 0; {@code System.exit} within a hook would
 * deadlock.
 */
final class Shutdown {
    private static final Logger LOG = LoggerFactory.getLogger(Shutdown.class);

    private final AutoCloseable service;
    private final AtomicReference<ShutdownState> state = new AtomicReference<>(ShutdownState.RUNNING);

    private enum ShutdownState {
        RUNNING,
        /** A signal was received, or the main thread has finished. */
        STOPPING,
        FAILED
    }

    private Shutdown(AutoCloseable service) {
        this.service = service;
    }

    /** Registers a shutdown hook that closes {@code service}. */
    static Shutdown install(AutoCloseable service) {
        Shutdown shutdown = new Shutdown(service);
        Runtime.getRuntime().addShutdownHook(new Thread(shutdown::run, "ending"));
        return shutdown;
    }

    /**
     * Records that the process must exit with a failure.
     *
     * @return false if it is already stopping on a signal: later failures are consequences and need no report
     */
    boolean recordFailure() {
        return state.compareAndSet(ShutdownState.RUNNING, ShutdownState.FAILED);
    }

    private void run() {
        boolean onDemand = state.compareAndSet(ShutdownState.RUNNING, ShutdownState.STOPPING);
        if (onDemand) {
            LOG.info("Stopping");
        }
        int code = onDemand ? ExitCode.OK : ExitCode.FAILED;
        try {
            service.close();
            LOG.info("Stopped");
        } catch (Exception e) {
            LOG.error("Could not stop cleanly: {}", e.toString());
            LOG.debug("Could not stop", e);
            code = ExitCode.FAILED;
        }
        System.out.flush();
        System.err.flush();
        Runtime.getRuntime().halt(code);
    }
}
