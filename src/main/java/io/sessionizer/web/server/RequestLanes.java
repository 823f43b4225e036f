package io.sessionizer.web.server;

import io.sessionizer.web.http.Route.Kind;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads for each kind of request that takes time, so that no kind delays another: requests that wait for a broker do
 * not delay metrics, and reads do not delay changes. Probes and files run on the server's own threads, which therefore
 * never wait.
 */
final class RequestLanes implements AutoCloseable {
    private final Map<Kind, ExecutorService> lanes = Map.of(
            // served from a cache except once a second; the connections bound the number that wait
            Kind.METRICS, lane("metrics", 1, BoundedConnector.MAX_CONNECTIONS),
            Kind.BOARD, lane("board", 2, BoundedConnector.MAX_CONNECTIONS),
            Kind.LOOKUP, lane("lookup", 16, 64),
            Kind.CHANGE, lane("change", 8, 64));
    /** Two instances that ask each other must not wait for each other. */
    private final ExecutorService peers = lane("peer", 8, 32);

    private static ExecutorService lane(String name, int threads, int capacity) {
        AtomicInteger number = new AtomicInteger();
        return new ThreadPoolExecutor(
                threads, threads, 0, TimeUnit.MILLISECONDS, new ArrayBlockingQueue<>(capacity), work -> {
                    Thread thread = new Thread(work, "http-" + name + "-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /**
     * Runs a request.
     *
     * @throws RejectedExecutionException if too many of its kind are already waiting
     */
    void run(Kind kind, boolean isPeerRequest, Runnable request) {
        Executor ownThread = Runnable::run;
        Executor lane = isPeerRequest ? peers : lanes.containsKey(kind) ? lanes.get(kind) : ownThread;
        lane.execute(request);
    }

    @Override
    public void close() {
        lanes.values().forEach(ExecutorService::shutdownNow);
        peers.shutdownNow();
    }
}
