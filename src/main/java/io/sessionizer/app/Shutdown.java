package io.sessionizer.app;

import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the process ends: whichever way it comes to that, by a signal or by {@code System.exit}, the service is closed
 * first, and the exit code tells whether all was well.
 *
 * <p>A JVM that a signal ends exits with 128 plus the signal's number, so the hook itself halts with 0: an orderly stop
 * on demand is a success, as container platforms count it. It halts rather than exits since {@code System.exit} from a
 * hook waits for that hook for ever.
 */
final class Shutdown {
    private static final Logger LOG = LoggerFactory.getLogger(Shutdown.class);

    private final AutoCloseable service;
    private final AtomicReference<ShutdownState> state = new AtomicReference<>(ShutdownState.RUNNING);

    private enum ShutdownState {
        RUNNING,
        /** A signal has come, or the main thread is done. */
        STOPPING,
        FAILED
    }

    private Shutdown(AutoCloseable service) {
        this.service = service;
    }

    /** From now on a signal closes {@code service} before the process ends. */
    static Shutdown onSignal(AutoCloseable service) {
        Shutdown shutdown = new Shutdown(service);
        Runtime.getRuntime().addShutdownHook(new Thread(shutdown::run, "ending"));
        return shutdown;
    }

    /**
     * Remembers that the process has to end with a failure.
     *
     * @return false where it is stopping on demand: what fails then is a consequence and no news
     */
    boolean recordFailure() {
        return state.compareAndSet(ShutdownState.RUNNING, ShutdownState.FAILED);
    }

    private void run() {
        boolean onDemand = state.compareAndSet(ShutdownState.RUNNING, ShutdownState.STOPPING);
        if (onDemand) {
            LOG.info("Stopping");
        }
        int code = onDemand ? Main.OK : Main.FAILED;
        try {
            service.close();
            LOG.info("Stopped");
        } catch (Exception e) {
            LOG.error("Could not stop in order: {}", e.toString());
            LOG.debug("Could not stop", e);
            code = Main.FAILED;
        }
        System.out.flush();
        System.err.flush();
        Runtime.getRuntime().halt(code);
    }
}
