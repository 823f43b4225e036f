package io.sessionizer.web;

import io.sessionizer.web.access.AccessPolicy;
import io.sessionizer.web.access.AccessSettings;
import io.sessionizer.web.access.AuditLog;
import io.sessionizer.web.http.ListenHost;
import io.sessionizer.web.server.JettyServer;
import io.sessionizer.web.server.JettyServer.CannotBindException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server: pages, JSON, health and metrics. */
public final class WebServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);
    private static final int PEER_CLIENT_THREADS = 8;

    private final HttpSettings settings;
    private final JettyServer jetty;
    private final ExecutorService peerClientPool = Executors.newFixedThreadPool(PEER_CLIENT_THREADS, work -> {
        Thread thread = new Thread(work, "http-peer-client");
        thread.setDaemon(true);
        return thread;
    });
    private volatile Optional<AuditLog> audit = Optional.empty();

    private WebServer(HttpSettings settings, JettyServer jetty) {
        this.settings = settings;
        this.jetty = jetty;
    }

    /**
     * Binds the addresses; connections wait until {@link #serve}.
     *
     * @throws CannotListenException if one can't be bound
     */
    public static WebServer listen(HttpSettings settings) {
        try {
            return new WebServer(settings, JettyServer.listen(settings.host(), settings.port(), settings.healthPort()));
        } catch (CannotBindException e) {
            throw new CannotListenException(listenProblem(settings, e.port()));
        }
    }

    /** If another port can't be bound either, the host is the problem. */
    private static String listenProblem(HttpSettings settings, int port) {
        String key = port == settings.port() ? "http.port" : "http.health.port";
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(settings.host(), 0));
            return key + ": must be a free port of http.host, here " + settings.host() + ". Found: " + port;
        } catch (IOException e) {
            return "http.host: must be a name or address of this machine. Found: " + settings.host();
        }
    }

    /**
     * Starts serving requests from {@code backend}.
     *
     * @param ownNames the machine's own names, which requests may be for
     * @param address {@code host:port} that other instances know this one by
     */
    public void serve(Backend backend, Set<String> ownNames, String address) {
        AccessPolicy policy = new AccessPolicy(settings.access(), ownNames, address);
        AuditLog opened = new AuditLog(policy);
        audit = Optional.of(opened);
        PeerClient peerClient = new PeerClient(peerClientPool, policy.signature());
        jetty.serve(new Routes(settings, backend, policy, peerClient).table(), policy, opened);
        ListenHost host = new ListenHost(settings.host());
        LOG.info("Session Board at http://{}:{}", host.isWildcard() ? "localhost" : host.inUri(), port());
        if (!settings.access().hasToken() && AccessSettings.isLoopback(settings.host())) {
            LOG.info(
                    "http.token is not set: changes over HTTP, and calls between instances, are accepted from this machine"
                            + " alone, and not through a proxy");
        }
    }

    /** The numbers of changes and rejected requests by result; empty until {@link #serve}. */
    public Map<String, Long> auditCounts() {
        return audit.map(AuditLog::counts).orElse(Map.of());
    }

    /** The port it listens on, which differs from the configured one if that is 0. */
    public int port() {
        return jetty.port();
    }

    /** The port for probes and metrics. */
    public int healthPort() {
        return jetty.monitoringPort();
    }

    /** Accepts no more requests, and stops within two seconds; requests in progress may finish in the first. */
    @Override
    public void close() {
        jetty.close();
        peerClientPool.shutdownNow();
    }
}
