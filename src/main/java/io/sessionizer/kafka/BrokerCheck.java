package io.sessionizer.kafka;

import io.sessionizer.kafka.config.CannotStartException;
import io.sessionizer.kafka.config.Failure;
import io.sessionizer.kafka.config.SessionizerSettings;
import io.sessionizer.kafka.config.StreamsProperties;
import io.sessionizer.kafka.topics.StartInspection;
import io.sessionizer.kafka.topics.StartReport;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.StreamsConfig;

/** Makes the checks of a start without starting the service. It changes nothing and leaves nothing running. */
public final class BrokerCheck {
    private BrokerCheck() {}

    /**
     * Queries the brokers. If none is reachable, it waits as long as a start does.
     *
     * @throws CannotStartException with one line per problem for the operator, if the brokers cannot be queried
     */
    public static StartReport online(SessionizerSettings settings) throws InterruptedException {
        try {
            return StartInspection.online(settings, new StreamsConfig(StreamsProperties.of(settings)));
        } catch (ExecutionException e) {
            throw new CannotStartException(Failure.inOneLine(e.getCause()));
        } catch (KafkaException | IllegalArgumentException e) {
            throw new CannotStartException(Failure.inOneLine(e));
        }
    }

    /**
     * The report without querying the brokers, on the assumption that topics have Kafka's defaults.
     *
     * @throws CannotStartException with one line for the operator
     */
    public static StartReport offline(SessionizerSettings settings) {
        try {
            return StartInspection.offline(settings, new StreamsConfig(StreamsProperties.of(settings)));
        } catch (KafkaException | IllegalArgumentException e) {
            throw new CannotStartException(Failure.inOneLine(e));
        }
    }
}
