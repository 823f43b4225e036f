package io.sessionizer.kafka.topics;

import io.sessionizer.kafka.config.CannotStartException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for a broker at the start: logs one line when none answers, and retries until the timeout. */
final class BrokerConnection {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerConnection.class);
    private static final int ATTEMPT_TIMEOUT_MS = 3_000;
    private static final int RESOLVE_RETRY_MS = 500;

    private final String servers;
    private final long timeoutMs;

    BrokerConnection(String servers, long timeoutMs) {
        this.servers = servers;
        this.timeoutMs = timeoutMs;
    }

    /**
     * Returns an admin client once a broker has responded.
     *
     * @throws CannotStartException if no broker responds in time
     */
    Admin await(Map<String, Object> adminConfig) throws InterruptedException, ExecutionException {
        Map<String, Object> config = new HashMap<>(adminConfig);
        long started = System.nanoTime();
        boolean isLogged = false;
        while (true) {
            long remainingMs = timeoutMs - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started);
            if (remainingMs <= 0) {
                throw new CannotStartException("bootstrap.servers: a broker must answer within startup.timeout.ms, "
                        + timeoutMs + ". Found: none at " + servers);
            }
            if (isReachable(config, (int) Math.max(1, Math.min(ATTEMPT_TIMEOUT_MS, remainingMs)))) {
                return Admin.create(config);
            }
            if (!isLogged) {
                LOG.warn("No broker answers at {}; trying for {} ms", servers, timeoutMs);
                isLogged = true;
            }
        }
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
            throw e;
        } catch (ConfigException e) {
            throw e;
        } catch (KafkaException e) {
            // a host name that does not resolve yet, which fails at once
            TimeUnit.MILLISECONDS.sleep(RESOLVE_RETRY_MS);
            return false;
        }
    }
}
