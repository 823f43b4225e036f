package io.sessionizer.kafka.topics;

import io.sessionizer.kafka.config.CannotStartException;
import io.sessionizer.kafka.config.SessionizerSettings;
import io.sessionizer.kafka.config.StreamsProperties;
import io.sessionizer.kafka.config.TopicRole;
import io.sessionizer.record.TimelineCodec;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The result of startup checks: the broker has responded, and all topics exist and are valid.
 *
 * @param partitions number of partitions of the input topic
 * @param limits limits of the topics
 */
public record Startup(int partitions, OutputLimits limits) {
    private static final Logger LOG = LoggerFactory.getLogger(Startup.class);

    /**
     * Connects to the broker, and creates or validates the topics.
     *
     * @throws CannotStartException with one line per problem for the operator
     */
    public static Startup prepare(SessionizerSettings settings, StreamsConfig config)
            throws InterruptedException, ExecutionException {
        Map<String, Object> adminConfig = config.getAdminConfigs("sessionizer-start");
        String servers = config.getList(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG).stream()
                .reduce((a, b) -> a + "," + b)
                .orElseThrow();
        try (Admin admin = new BrokerConnection(servers, settings.runtime().startupTimeoutMs()).await(adminConfig)) {
            TopicProvisioner provisioner =
                    new TopicProvisioner(admin, settings, config.getString(StreamsConfig.APPLICATION_ID_CONFIG));
            int partitions = provisioner.prepare();
            OutputLimits limits = provisioner.readLimits(
                    StreamsProperties.maxRequestBytes(config), StreamsProperties.internalTopicBytes(config));
            requireTimelinesToFit(settings.rules().maxSessions(), limits.internalBytes());
            LOG.info(
                    "Reading {} with {} partition(s) from {}",
                    settings.topics().name(TopicRole.EVENTS),
                    partitions,
                    servers);
            return new Startup(partitions, limits);
        }
    }

    /** A timeline is a single changelog record, however many sessions it contains. */
    private static void requireTimelinesToFit(int maxSessions, int internalBytes) {
        long bytes = TimelineCodec.maxLength(maxSessions) + 2L * OutputLimits.MAX_USER_BYTES;
        if (bytes > internalBytes) {
            throw new CannotStartException("session.max.per.user: so many sessions take up to " + bytes
                    + " bytes, and must fit the " + internalBytes
                    + " bytes that producer and changelog topics take. Found: " + maxSessions);
        }
    }
}
