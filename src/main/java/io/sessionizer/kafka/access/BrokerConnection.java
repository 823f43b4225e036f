package io.sessionizer.kafka.access;

import io.sessionizer.kafka.config.CannotStartException;
import io.sessionizer.kafka.config.Failure;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.apache.kafka.common.utils.Utils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for a broker at startup: logs one line if none responds, and retries until the timeout. Problems that no retry
 * can solve, such as a wrong password or protocol, fail immediately, with the cause.
 */
public final class BrokerConnection {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerConnection.class);
    private static final int ATTEMPT_TIMEOUT_MS = 3_000;
    private static final int RESOLVE_RETRY_MS = 500;

    private final List<String> servers;
    private final long timeoutMs;

    /** @param servers {@code host:port} each */
    public BrokerConnection(List<String> servers, long timeoutMs) {
        this.servers = List.copyOf(servers);
        this.timeoutMs = timeoutMs;
    }

    /**
     * Returns an admin client once a broker has responded.
     *
     * @throws CannotStartException if no broker responds in time, or one rejects the connection permanently
     */
    public Admin await(Map<String, Object> adminConfig) throws InterruptedException, ExecutionException {
        Map<String, Object> config = new HashMap<>(adminConfig);
        ProtocolProbe probe = new ProtocolProbe(
                SecurityProtocol.forName(setting(config, CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, "PLAINTEXT")
                        .toUpperCase(Locale.ROOT)),
                setting(config, SaslConfigs.SASL_MECHANISM, SaslConfigs.DEFAULT_SASL_MECHANISM));
        long started = System.nanoTime();
        boolean isLogged = false;
        while (true) {
            long remainingMs = timeoutMs - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started);
            if (remainingMs <= 0) {
                throw new CannotStartException("bootstrap.servers: a broker must respond within startup.timeout.ms, "
                        + timeoutMs + ". Found: none at " + String.join(",", servers));
            }
            requireFitting(probe);
            if (isReachable(config, (int) Math.max(1, Math.min(ATTEMPT_TIMEOUT_MS, remainingMs)))) {
                return Admin.create(config);
            }
            if (!isLogged) {
                LOG.warn("No broker responds at {}; trying for {} ms", String.join(",", servers), timeoutMs);
                isLogged = true;
            }
        }
    }

    private static String setting(Map<String, Object> config, String key, String otherwise) {
        return Optional.ofNullable(config.get(key)).map(Object::toString).orElse(otherwise);
    }

    /** One mismatch is enough: all servers belong to one cluster and use the same kind of listener. */
    private void requireFitting(ProtocolProbe probe) {
        servers.stream()
                .filter(server -> Utils.getHost(server) != null && Utils.getPort(server) != null)
                .flatMap(server -> probe.mismatch(Utils.getHost(server), Utils.getPort(server)).stream())
                .findFirst()
                .ifPresent(line -> {
                    throw new CannotStartException(line);
                });
    }

    private static boolean isReachable(Map<String, Object> config, int withinMs)
            throws InterruptedException, ExecutionException {
        Map<String, Object> attemptConfig = new HashMap<>(config);
        attemptConfig.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.max(1, withinMs / 2));
        attemptConfig.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, withinMs);
        try (Admin admin = Admin.create(attemptConfig)) {
            return !admin.describeCluster().nodes().get().isEmpty();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RetriableException) {
                return false;
            }
            throw refused(e);
        } catch (KafkaException e) {
            if (!isUnresolved(e)) {
                throw new CannotStartException("security.protocol: Kafka's client must be able to use the settings of"
                        + " TLS and SASL. Found: " + Failure.inOneLine(e.getCause() == null ? e : e.getCause()));
            }
            // it fails immediately
            TimeUnit.MILLISECONDS.sleep(RESOLVE_RETRY_MS);
            return false;
        }
    }

    private static boolean isUnresolved(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .anyMatch(cause -> cause instanceof ConfigException
                        && (cause.getMessage().startsWith("No resolvable bootstrap urls")
                                || cause.getMessage().startsWith("Unknown host")));
    }

    private static ExecutionException refused(ExecutionException failure) {
        String found = ". Found: " + Failure.inOneLine(failure.getCause());
        if (failure.getCause() instanceof SaslAuthenticationException) {
            throw new CannotStartException("sasl.jaas.config: the broker must accept the login" + found);
        }
        if (failure.getCause() instanceof SslAuthenticationException) {
            throw new CannotStartException(
                    "ssl.truststore.location: the broker's certificate must be trusted, and broker and client agree on"
                            + " TLS" + found);
        }
        return failure;
    }
}
