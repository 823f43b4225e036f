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

/** What the service would find at a start, without one. Nothing is changed, and nothing remains running. */
public final class BrokerCheck {
    private BrokerCheck() {}

    /**
     * Asks the brokers, and waits for one as long as a start does.
     *
     * @throws CannotStartException with one line per problem for the operator, where these prevent all questions
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
     * What can be known without the brokers, if their topics have Kafka's defaults.
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
