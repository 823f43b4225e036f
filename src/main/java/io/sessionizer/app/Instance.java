package io.sessionizer.app;

import io.sessionizer.app.config.Configuration.Valid;
import io.sessionizer.app.metrics.Exposition;
import io.sessionizer.app.metrics.ServiceMetrics;
import io.sessionizer.kafka.Sessionizer;
import io.sessionizer.kafka.config.NotAuthorizedException;
import io.sessionizer.kafka.config.SessionizerSettings;
import io.sessionizer.kafka.config.UnavailableException;
import io.sessionizer.web.Backend;
import io.sessionizer.web.Backend.MetricsPage;
import io.sessionizer.web.Backend.Monitoring;
import io.sessionizer.web.Backend.TrackingControl;
import io.sessionizer.web.Backend.UserAccess;
import io.sessionizer.web.HttpSettings;
import io.sessionizer.web.WebServer;
import io.sessionizer.web.access.AccessSettings;
import io.sessionizer.web.board.BoardSource;
import io.sessionizer.web.board.BoardTotals;
import io.sessionizer.web.http.BuildVersions;
import io.sessionizer.web.http.HttpException;
import io.sessionizer.web.http.ListenHost;
import io.sessionizer.web.http.ServiceUnavailableException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One instance of the service: the stream, and the HTTP server to monitor and control it. */
public final class Instance implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Instance.class);

    private final BoardTotals totals;
    private final Valid configuration;
    private final WebServer server;
    private final Sessionizer sessionizer;
    private final String address;

    /**
     * Binds the HTTP address, so that it can be advertised to other instances.
     *
     * @throws io.sessionizer.web.CannotListenException if it can't be bound, with one line for the operator
     * @throws io.sessionizer.kafka.config.CannotStartException if a token is needed and can't be stored, with one line
     */
    public Instance(Valid configuration) {
        this.configuration = configuration;
        totals = new BoardTotals(configuration.settings().rules().gapMs());
        server = WebServer.listen(withToken(configuration));
        SessionizerSettings settings =
                configuration.settings().withApplicationServer(address(configuration.http(), server.port()));
        address = settings.runtime().applicationServer();
        sessionizer = new Sessionizer(settings, totals::accept);
    }

    /** A server that other machines reach needs a token. */
    private static HttpSettings withToken(Valid configuration) {
        HttpSettings http = configuration.http();
        if (http.access().hasToken() || AccessSettings.isLoopback(http.host())) {
            return http;
        }
        Path file = GeneratedToken.in(Path.of(configuration.settings().runtime().stateDirectory()));
        LOG.info(
                "http.token is not set: changes by HTTP need the token in {}. With more than one instance, set the same"
                        + " http.token on all",
                file);
        return http.with(http.access().withTokenFile(file));
    }

    /** If the server listens on all addresses, other instances use the host name. */
    private static String address(HttpSettings http, int port) {
        ListenHost host = new ListenHost(http.host());
        return (host.isWildcard() ? localHost() : host).inUri() + ":" + port;
    }

    private static ListenHost localHost() {
        try {
            return new ListenHost(InetAddress.getLocalHost().getHostName());
        } catch (UnknownHostException e) {
            return new ListenHost("localhost");
        }
    }

    /**
     * Serves HTTP immediately, then starts the stream.
     *
     * @throws io.sessionizer.kafka.config.CannotStartException with one line per problem for the operator
     */
    public void start() {
        server.serve(backend(), ownNames(configuration.http().host()), address);
        sessionizer.start();
    }

    /** The machine's name is looked up only if others may use it, since that may take time. */
    private static Set<String> ownNames(String host) {
        Set<String> names = new HashSet<>(Set.of(host));
        if (!AccessSettings.isLoopback(host)) {
            names.add(localHost().name());
        }
        return names;
    }

    /** The port of the HTTP server. */
    public int port() {
        return server.port();
    }

    /** The port for probes and metrics. */
    public int healthPort() {
        return server.healthPort();
    }

    /** Waits for termination: true after {@link #close()}, false if it failed. */
    public boolean awaitEnd() throws InterruptedException {
        return sessionizer.awaitEnd();
    }

    /** Why it has stopped until an operator decides, in one line; empty if it has not. */
    public Optional<String> stopReason() {
        return sessionizer.stopReason();
    }

    private Backend backend() {
        return new Backend(
                new BoardSource(totals, configuration.settings().rules().gapMs() / 1000, Clock.systemUTC()),
                new UserAccess(sessionizer::findUser, sessionizer::otherInstances, this::erase),
                new TrackingControl(sessionizer::isTracking, this::setTracking),
                new Monitoring(sessionizer::livenessProblem, sessionizer::readinessProblem, this::metrics),
                configuration::effectiveSettings);
    }

    private void erase(byte[] user) {
        try {
            sessionizer.erase(user);
        } catch (UnavailableException e) {
            throw new ServiceUnavailableException(e.getMessage());
        } catch (NotAuthorizedException e) {
            throw HttpException.of(403, e.getMessage());
        }
    }

    private void setTracking(boolean active) {
        try {
            sessionizer.setTracking(active);
        } catch (UnavailableException e) {
            throw new ServiceUnavailableException(e.getMessage());
        } catch (NotAuthorizedException e) {
            throw HttpException.of(403, e.getMessage());
        }
    }

    private MetricsPage metrics(String accept) {
        ServiceMetrics.InstanceHealth health = new ServiceMetrics.InstanceHealth(
                sessionizer.isTracking(), sessionizer.isReady(), BuildVersions.service(), server.auditCounts());
        Exposition exposition = Exposition.of(sessionizer.counters(), health, sessionizer.metrics(), accept);
        return new MetricsPage(exposition.type(), exposition.body());
    }

    /** Closes the stream, then the server, so that probes can observe the shutdown. */
    @Override
    public void close() {
        try {
            sessionizer.close();
        } finally {
            server.close();
        }
    }
}
