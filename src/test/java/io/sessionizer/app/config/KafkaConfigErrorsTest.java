package io.sessionizer.app.config;

import static io.sessionizer.app.config.SampleConfiguration.NO_ENVIRONMENT;
import static io.sessionizer.app.config.SampleConfiguration.with;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Each problem that a key of Kafka is rejected for, alone and together with others. */
class KafkaConfigErrorsTest {
    private static final Map<String, String> WRONG_FOR_KAFKA = Map.of("a word", "x", "nothing", "", "a number", "-7");

    private final ErrorTranscript transcript = new ErrorTranscript();

    @Test
    void reportTheRuleOfEachKafkaKey() throws IOException {
        for (String key : new TreeSet<>(KafkaConfigKey.known())) {
            transcript.heading(key);
            new TreeMap<>(WRONG_FOR_KAFKA)
                    .forEach((kind, value) ->
                            transcript.add(kind, Configuration.load(with(key, value), NO_ENVIRONMENT)));
        }
        transcript.check("kafka-keys.txt");
    }

    @Test
    void reportKafkaKeysThatDoNotFitTogether() throws IOException {
        for (String guarantee : List.of("exactly_once_v2", "at_least_once")) {
            for (String[] pair : new String[][] {
                {"isolation.level", "read_committed"},
                {"consumer.isolation.level", "read_uncommitted"},
                {"enable.idempotence", "true"},
                {"producer.enable.idempotence", "false"},
                {"acks", "1"},
                {"producer.acks", "1"},
                {"producer.acks", "all"},
                {"producer.retries", "0"},
                {"max.in.flight.requests.per.connection", "6"},
                {"producer.max.in.flight.requests.per.connection", "6"},
                {"producer.transaction.timeout.ms", "1"},
                {"transaction.timeout.ms", "1"},
                {"commit.interval.ms", "100000"},
                {"producer.delivery.timeout.ms", "1"},
                {"producer.linger.ms", "200000"},
                {"consumer.fetch.max.wait.ms", "90000"},
                {"session.timeout.ms", "1"},
                {"heartbeat.interval.ms", "100000"},
                {"group.protocol", "classic"},
                {"group.protocol", "streams"},
                {"consumer.group.protocol", "consumer"},
                {"num.standby.replicas", "-1"},
                {"num.standby.replicas", "1001"},
                {"num.stream.threads", "1001"},
                {"application.server", "here"},
                {"application.server", "here:80"},
                {"rack.aware.assignment.tags", "a,a"},
                {"security.protocol", "SASL_SSL"},
                {"producer.security.protocol", "telnet"},
                {"sasl.mechanism", ""},
                {"ssl.keystore.password", "${file:/none:a}"},
                {"linger.ms", "${file:/none:a}"},
                {"config.providers", "file"},
                {"config.providers.file.class", "no.such.Class"},
                {"config.providers.file.param.a", "b"},
                {"bootstrap.servers", "kafka:9092,kafka:9092"},
                {"consumer.bootstrap.servers", "kafka:9092"}
            }) {
                String[] pairs = {"processing.guarantee", guarantee, pair[0], pair[1]};
                transcript.add(String.join(" ", pairs), Configuration.load(with(pairs), NO_ENVIRONMENT));
            }
        }
        transcript.check("kafka-combinations.txt");
    }
}
