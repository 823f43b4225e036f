package io.sessionizer.kafka.topics;

import io.sessionizer.kafka.access.RequiredRights;
import io.sessionizer.kafka.access.RightsCheck;
import io.sessionizer.kafka.config.CannotStartException;
import io.sessionizer.kafka.config.SessionizerSettings;
import io.sessionizer.kafka.config.StreamsProperties;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.streams.StreamsConfig;

/** Makes the same checks on the brokers as a start, but changes nothing. */
public final class StartInspection {
    private StartInspection() {}

    /**
     * Queries the brokers.
     *
     * @throws CannotStartException if no broker can be used, or the size limits are too low, with one line for the
     *     operator
     */
    public static StartReport online(SessionizerSettings settings, StreamsConfig config)
            throws InterruptedException, ExecutionException {
        try (Admin admin = Startup.connect(settings, config)) {
            RightsCheck rights = new RightsCheck(admin, RequiredRights.of(settings, config));
            TopicProvisioner provisioner = Startup.provisioner(admin, settings, config);
            List<String> problems = new ArrayList<>(rights.missing());
            problems.addAll(problems(provisioner, !problems.isEmpty()));
            if (!problems.isEmpty()) {
                return offline(settings, config).with(problems);
            }
            OutputLimits limits = provisioner.expectedLimits(
                    StreamsProperties.maxRequestBytes(config), StreamsProperties.internalTopicBytes(config));
            Startup.requireTimelinesToFit(settings.rules().maxSessions(), limits.internalBytes());
            return new StartReport(
                    List.of(),
                    warnings(rights, provisioner),
                    provisioner.missingTopics(),
                    limits.ofInput(settings.clock().maxFutureMs()));
        }
    }

    /**
     * @param isRightMissing whether a right is missing; this is reported in any case, and may be the cause of the
     *     failure
     */
    private static List<String> problems(TopicProvisioner provisioner, boolean isRightMissing)
            throws InterruptedException, ExecutionException {
        try {
            return provisioner.problems();
        } catch (ExecutionException e) {
            if (isRightMissing && e.getCause() instanceof AuthorizationException) {
                return List.of();
            }
            throw e;
        }
    }

    private static List<String> warnings(RightsCheck rights, TopicProvisioner provisioner)
            throws InterruptedException, ExecutionException {
        List<String> warnings = new ArrayList<>(provisioner.appendTimeWarnings());
        rights.missingOptional()
                .forEach((right, consequence) -> warnings.add(right.missing() + ". Without it, " + consequence));
        return warnings;
    }

    /**
     * Assumes topics with Kafka's defaults, without querying the brokers.
     *
     * @throws CannotStartException if the producer's size limit is too low, with one line for the operator
     */
    public static StartReport offline(SessionizerSettings settings, StreamsConfig config) {
        OutputLimits limits = OutputLimits.ofKafkaDefaults(
                        StreamsProperties.maxRequestBytes(config),
                        TopicLimit.recordBytes(StreamsProperties.internalTopicBytes(config)))
                .forUsersIn(settings.input().format());
        return new StartReport(
                List.of(), List.of(), List.of(), limits.ofInput(settings.clock().maxFutureMs()));
    }
}
