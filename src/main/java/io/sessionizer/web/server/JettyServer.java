package io.sessionizer.web.server;

import io.sessionizer.web.access.AccessPolicy;
import io.sessionizer.web.access.AuditLog;
import io.sessionizer.web.http.RouteTable;
import java.io.IOException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server for one or two addresses, with limits on all resources that a client can use. */
public final class JettyServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JettyServer.class);
    private static final int THREADS = 10;
    private static final int MONITORING_THREADS = 4;
    private static final long IDLE_MS = 10_000;
    private static final long STOP_MS = 1_500;
    /** An idle keep-alive connection must not delay the shutdown. */
    private static final long STOP_IDLE_MS = 200;
    /** The longest user, percent-encoded, is 24 kB. */
    private static final int MAX_HEADER_BYTES = 32 << 10;

    private final Server server;
    private final ServerConnector main;
    private final Optional<ServerConnector> monitoring;
    private final RequestLanes lanes = new RequestLanes();

    private JettyServer(String host, int port, Optional<Integer> monitoringPort) {
        server = new Server(threads("http", THREADS));
        main = connector("main", host, port, server.getThreadPool());
        monitoring = monitoringPort.map(separate -> connector(
                RequestDispatcher.MONITORING, host, separate, threads("http-monitoring", MONITORING_THREADS)));
        server.setErrorHandler(new JettyErrorHandler());
        server.setStopTimeout(STOP_MS);
        server.setStopAtShutdown(false);
    }

    private static QueuedThreadPool threads(String name, int threads) {
        QueuedThreadPool pool = new QueuedThreadPool(threads, 2);
        pool.setName(name);
        pool.setDaemon(true);
        return pool;
    }

    private ServerConnector connector(String name, String host, int port, Executor threads) {
        ServerConnector connector = new BoundedConnector(server, threads, http());
        connector.setName(name);
        connector.setHost(host);
        connector.setPort(port);
        connector.setIdleTimeout(IDLE_MS);
        connector.setShutdownIdleTimeout(STOP_IDLE_MS);
        server.addConnector(connector);
        return connector;
    }

    private static HttpConfiguration http() {
        HttpConfiguration http = new HttpConfiguration();
        // a user may be any text: the path is used as sent, and never resolved
        http.setUriCompliance(UriCompliance.UNSAFE);
        http.setRequestHeaderSize(MAX_HEADER_BYTES);
        http.setIdleTimeout(IDLE_MS);
        http.setSendServerVersion(false);
        http.setSendXPoweredBy(false);
        return http;
    }

    /**
     * Binds the addresses; connections wait until {@link #serve}.
     *
     * @param monitoringPort a port for probes and metrics alone; empty if they share the other
     * @throws CannotBindException if a port can't be bound
     */
    public static JettyServer listen(String host, int port, Optional<Integer> monitoringPort)
            throws CannotBindException {
        JettyServer jetty = new JettyServer(host, port, monitoringPort);
        try {
            jetty.bind(jetty.main);
            if (jetty.monitoring.isPresent()) {
                jetty.bind(jetty.monitoring.get());
            }
            return jetty;
        } catch (CannotBindException e) {
            jetty.close();
            throw e;
        }
    }

    private void bind(ServerConnector connector) throws CannotBindException {
        try {
            connector.open();
        } catch (IOException | UnresolvedAddressException e) {
            LOG.debug("Can't listen", e);
            throw new CannotBindException(connector.getPort(), e);
        }
    }

    /** A port can't be bound. */
    public static final class CannotBindException extends Exception {
        private static final long serialVersionUID = 1L;

        private final int port;

        private CannotBindException(int port, Exception cause) {
            super(cause);
            this.port = port;
        }

        public int port() {
            return port;
        }
    }

    /** Starts serving requests. */
    public void serve(RouteTable routes, AccessPolicy policy, AuditLog audit) {
        RequestDispatcher.ListenerRoutes byListener = monitoring.isPresent()
                ? new RequestDispatcher.ListenerRoutes(routes.monitoring(false), Optional.of(routes.monitoring(true)))
                : new RequestDispatcher.ListenerRoutes(routes, Optional.empty());
        server.setHandler(new GracefulHandler(new RequestDispatcher(byListener, policy, audit, lanes)));
        try {
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException("The HTTP server must start on ports that are open", e);
        }
    }

    /** The port it listens on, which differs from the configured one if that is 0. */
    public int port() {
        return main.getLocalPort();
    }

    /** The port for probes and metrics. */
    public int monitoringPort() {
        return monitoring.orElse(main).getLocalPort();
    }

    /** Accepts no more requests, and stops within two seconds; requests in progress may finish in the first. */
    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            LOG.warn("The HTTP server did not stop cleanly: {}", e.toString());
        }
        // if it has never served, stopping the server does not close them
        main.close();
        monitoring.ifPresent(ServerConnector::close);
        lanes.close();
    }
}
