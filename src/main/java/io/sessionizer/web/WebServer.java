package io.sessionizer.web;

import io.sessionizer.web.http.AccessPolicy;
import io.sessionizer.web.http.JettyErrorHandler;
import io.sessionizer.web.http.ListenHost;
import io.sessionizer.web.http.RequestDispatcher;
import io.sessionizer.web.http.SlowRequestConnector;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP server: pages, JSON, health and metrics at one address, with limits on all resources that a client can use.
 */
public final class WebServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);
    private static final int THREADS = 10;
    private static final int BLOCKING_THREADS = 16;
    private static final int PEER_THREADS = 8;
    private static final int BLOCKING_QUEUE_CAPACITY = 64;
    private static final int MAX_CONNECTIONS = 500;
    private static final long IDLE_MS = 10_000;
    private static final long STOP_MS = 1_500;
    /** An idle keep-alive connection must not delay the shutdown. */
    private static final long STOP_IDLE_MS = 200;
    /** The longest user, percent-encoded, is 24 kB. */
    private static final int MAX_HEADER_BYTES = 32 << 10;

    private final HttpSettings settings;
    private final Server server;
    private final ServerConnector connector;
    private final ExecutorService blockingPool = new ThreadPoolExecutor(
            BLOCKING_THREADS,
            BLOCKING_THREADS,
            0,
            TimeUnit.MILLISECONDS,
            new ArrayBlockingQueue<>(BLOCKING_QUEUE_CAPACITY),
            threads("slow"));
    private final ExecutorService peerPool = Executors.newFixedThreadPool(PEER_THREADS, threads("ask"));

    private WebServer(HttpSettings settings) {
        this.settings = settings;
        QueuedThreadPool threads = new QueuedThreadPool(THREADS, 2);
        threads.setName("http");
        threads.setDaemon(true);
        server = new Server(threads);
        connector = new SlowRequestConnector(server, http());
        connector.setHost(settings.host());
        connector.setPort(settings.port());
        connector.setIdleTimeout(IDLE_MS);
        connector.setShutdownIdleTimeout(STOP_IDLE_MS);
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(MAX_CONNECTIONS, connector));
        server.setErrorHandler(new JettyErrorHandler());
        server.setStopTimeout(STOP_MS);
        server.setStopAtShutdown(false);
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

    private static ThreadFactory threads(String name) {
        AtomicInteger number = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, "http-" + name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /**
     * Binds the address; connections wait until {@link #serve}.
     *
     * @throws CannotListenException if the address can't be bound
     */
    public static WebServer listen(HttpSettings settings) {
        WebServer webServer = new WebServer(settings);
        try {
            webServer.connector.open();
            return webServer;
        } catch (IOException | UnresolvedAddressException e) {
            webServer.close();
            LOG.debug("Can't listen", e);
            throw new CannotListenException(listenProblem(settings));
        }
    }

    /** Starts serving requests from {@code backend}. */
    public void serve(Backend backend) {
        AccessPolicy policy = new AccessPolicy(settings.token(), settings.host());
        Routes routes = new Routes(settings, backend, policy, new PeerClient(peerPool));
        server.setHandler(new GracefulHandler(new RequestDispatcher(routes.table(), policy, blockingPool)));
        try {
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException("The HTTP server must start on a port that is open", e);
        }
        ListenHost host = new ListenHost(settings.host());
        LOG.info("Session Board at http://{}:{}", host.isWildcard() ? "localhost" : host.inUri(), port());
    }

    /** If another port can't be bound either, the host is the problem. */
    private static String listenProblem(HttpSettings settings) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(settings.host(), 0));
            return "http.port: must be a free port of http.host, here " + settings.host() + ". Found: "
                    + settings.port();
        } catch (IOException e) {
            return "http.host: must be a name or address of this machine. Found: " + settings.host();
        }
    }

    /** The port it listens on, which differs from the configured one if that is 0. */
    public int port() {
        return connector.getLocalPort();
    }

    /** Accepts no more requests, and stops within two seconds; requests in progress may finish in the first. */
    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            LOG.warn("The HTTP server did not stop in order: {}", e.toString());
        }
        // if it has never served, stopping the server does not close it
        connector.close();
        blockingPool.shutdownNow();
        peerPool.shutdownNow();
    }
}
