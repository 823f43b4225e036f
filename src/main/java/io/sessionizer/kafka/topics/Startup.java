package io.sessionizer.kafka.topics;

import io.sessionizer.event.UserKey;
import io.sessionizer.kafka.access.BrokerConnection;
import io.sessionizer.kafka.access.RequiredRights;
import io.sessionizer.kafka.access.RightsCheck;
import io.sessionizer.kafka.config.CannotStartException;
import io.sessionizer.kafka.config.SessionizerSettings;
import io.sessionizer.kafka.config.StreamsProperties;
import io.sessionizer.record.TimelineCodec;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The steps before anything runs: reaching a broker, checking rights, and checking or creating all topics. */
public final class Startup {
    private static final Logger LOG = LoggerFactory.getLogger(Startup.class);

    private Startup() {}

    /**
     * Waits for the broker, checks the topics, creates the missing ones, and reads what they accept.
     *
     * @throws CannotStartException with one line per problem for the operator
     */
    public static ReadyTopics prepare(SessionizerSettings settings, StreamsConfig config)
            throws InterruptedException, ExecutionException {
        try (Admin admin = connect(settings, config)) {
            RightsCheck rights = new RightsCheck(admin, RequiredRights.of(settings, config));
            TopicProvisioner provisioner = provisioner(admin, settings, config);
            CannotStartException.throwIfAny(rights.missing());
            CannotStartException.throwIfAny(provisioner.problems());
            InputTopic input = provisioner.createMissing();
            // for a topic that did not exist, not all rights were known
            CannotStartException.throwIfAny(rights.missing());
            OutputLimits limits = limits(provisioner, settings, config);
            provisioner.logAppendTime();
            LOG.info(
                    "Reading {} with {} partition(s) from {}",
                    input.name(),
                    input.partitions(),
                    String.join(",", config.getList(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG)));
            return new ReadyTopics(input, provisioner.boardId(), limits);
        }
    }

    static Admin connect(SessionizerSettings settings, StreamsConfig config)
            throws InterruptedException, ExecutionException {
        List<String> servers = config.getList(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG);
        return new BrokerConnection(servers, settings.runtime().startupTimeoutMs())
                .await(config.getAdminConfigs("sessionizer-start"));
    }

    static TopicProvisioner provisioner(Admin admin, SessionizerSettings settings, StreamsConfig config) {
        return new TopicProvisioner(admin, settings, config.getString(StreamsConfig.APPLICATION_ID_CONFIG));
    }

    /**
     * What the output topics accept now.
     *
     * @throws CannotStartException if they accept too little
     */
    static OutputLimits limits(TopicProvisioner provisioner, SessionizerSettings settings, StreamsConfig config)
            throws InterruptedException, ExecutionException {
        OutputLimits limits = provisioner.limits(
                StreamsProperties.maxRequestBytes(config), StreamsProperties.internalTopicBytes(config));
        requireTimelinesToFit(settings.rules().maxSessions(), limits.internalBytes());
        return limits;
    }

    /** A timeline is a single changelog record, however many sessions it contains. */
    static void requireTimelinesToFit(int maxSessions, int internalBytes) {
        long bytes = TimelineCodec.maxLength(maxSessions) + 2L * UserKey.MAX_BYTES;
        if (bytes > internalBytes) {
            throw new CannotStartException("session.max.per.user: a timeline of so many sessions, up to " + bytes
                    + " bytes, must fit the " + internalBytes
                    + " bytes that producer and changelog topics accept. Found: " + maxSessions);
        }
    }
}
