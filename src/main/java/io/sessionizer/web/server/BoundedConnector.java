package io.sessionizer.web.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Bounds the number of connections and the resources of each.
 *
 * <p>A request, and a response, must each be transferred within a limit. Jetty's idle timeout limits the wait for the next
 * byte only, and its minimum data rates apply to bodies that are received, so a client could hold a connection, or the
 * memory of a response, by one byte at a time.
 *
 * <p>A connection beyond the limit is not rejected. Instead, the one that has been idle for longest is closed, so that
 * probes can always connect.
 */
final class BoundedConnector extends ServerConnector {
    static final int MAX_CONNECTIONS = 500;

    private static final long TRANSFER_WITHIN_NS = TimeUnit.SECONDS.toNanos(20);

    private final Set<BoundedEndPoint> open = ConcurrentHashMap.newKeySet();

    /** @param executor null for the server's own */
    BoundedConnector(Server server, Executor executor, HttpConfiguration http) {
        super(server, executor, null, null, 1, 1, new HttpConnectionFactory(http));
    }

    @Override
    protected SocketChannelEndPoint newEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key) {
        BoundedEndPoint endPoint = new BoundedEndPoint(channel, selector, key, getScheduler());
        endPoint.setIdleTimeout(getIdleTimeout());
        return endPoint;
    }

    @Override
    protected void onEndPointOpened(EndPoint endPoint) {
        super.onEndPointOpened(endPoint);
        if (endPoint instanceof BoundedEndPoint opened) {
            open.add(opened);
            if (open.size() > MAX_CONNECTIONS) {
                longestIdle().close();
            }
        }
    }

    @Override
    protected void onEndPointClosed(EndPoint endPoint) {
        super.onEndPointClosed(endPoint);
        if (endPoint instanceof BoundedEndPoint closed) {
            open.remove(closed);
        }
    }

    /** Requests that wait for their response are bounded by the lanes, and far fewer than connections. */
    private EndPoint longestIdle() {
        long now = System.nanoTime();
        return open.stream()
                .max(Comparator.comparing((BoundedEndPoint each) -> !each.isAwaitingResponse)
                        .thenComparing(each -> now - each.activeAt))
                .orElseThrow();
    }

    /** Sets whether a request waits for its response: until {@link #responds}, such a connection is not idle. */
    static void awaitsResponse(EndPoint endPoint, boolean isAwaiting) {
        if (endPoint instanceof BoundedEndPoint bounded) {
            bounded.isAwaitingResponse = isAwaiting;
        }
    }

    /** Measures each request from its first byte to that of the response, and each response to its last byte. */
    private static final class BoundedEndPoint extends SocketChannelEndPoint {
        private volatile boolean isReceiving;
        private volatile long receivingSince;
        private volatile boolean isSending;
        private volatile long sendingSince;
        private volatile long activeAt = System.nanoTime();
        private volatile boolean isAwaitingResponse;

        BoundedEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler scheduler) {
            super(channel, selector, key, scheduler);
        }

        @Override
        public int fill(ByteBuffer buffer) throws IOException {
            int filled = super.fill(buffer);
            if (filled > 0) {
                long now = System.nanoTime();
                activeAt = now;
                if (!isReceiving) {
                    receivingSince = now;
                    isReceiving = true;
                }
                if (now - receivingSince > TRANSFER_WITHIN_NS) {
                    close(new TimeoutException("The request took too long to arrive."));
                }
            }
            return filled;
        }

        @Override
        public boolean flush(ByteBuffer... buffers) throws IOException {
            isReceiving = false;
            boolean isFlushed = super.flush(buffers);
            long now = System.nanoTime();
            if (isFlushed) {
                activeAt = now;
                isSending = false;
            } else if (!isSending) {
                activeAt = now;
                sendingSince = now;
                isSending = true;
            } else if (now - sendingSince > TRANSFER_WITHIN_NS) {
                close(new TimeoutException("The response took too long to be read."));
            }
            return isFlushed;
        }
    }
}
