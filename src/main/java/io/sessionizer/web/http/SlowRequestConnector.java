package io.sessionizer.web.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Closes a connection whose request takes too long to arrive. Jetty's idle timeout limits the wait for the next byte only,
 * and its minimum data rate applies to bodies, so a client could hold a connection by sending one byte of a header at a
 * time.
 */
public final class SlowRequestConnector extends ServerConnector {
    private static final long REQUEST_WITHIN_NS = TimeUnit.SECONDS.toNanos(20);

    public SlowRequestConnector(Server server, HttpConfiguration http) {
        super(server, 1, 1, new HttpConnectionFactory(http));
    }

    @Override
    protected SocketChannelEndPoint newEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key) {
        SocketChannelEndPoint endPoint = new TimedEndPoint(channel, selector, key, getScheduler());
        endPoint.setIdleTimeout(getIdleTimeout());
        return endPoint;
    }

    /** Measures from the first byte received after a response to the first byte of the next response. */
    private static final class TimedEndPoint extends SocketChannelEndPoint {
        private volatile boolean isReceiving;
        private volatile long receivingSince;

        TimedEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler scheduler) {
            super(channel, selector, key, scheduler);
        }

        @Override
        public int fill(ByteBuffer buffer) throws IOException {
            int filled = super.fill(buffer);
            if (filled > 0 && isTooSlow()) {
                close(new TimeoutException("The request took too long to arrive."));
            }
            return filled;
        }

        private boolean isTooSlow() {
            long now = System.nanoTime();
            if (!isReceiving) {
                receivingSince = now;
                isReceiving = true;
            }
            return now - receivingSince > REQUEST_WITHIN_NS;
        }

        @Override
        public boolean flush(ByteBuffer... buffers) throws IOException {
            isReceiving = false;
            return super.flush(buffers);
        }
    }
}
