package io.sessionizer.guarantee.access;

import io.sessionizer.guarantee.access.SecuredBroker.Protocol;
import io.sessionizer.guarantee.support.PollingWait;
import io.sessionizer.guarantee.support.TestApplication;
import io.sessionizer.guarantee.support.TestEvent;
import io.sessionizer.kafka.BrokerCheck;
import io.sessionizer.kafka.Sessionizer;
import io.sessionizer.kafka.TestSettings;
import io.sessionizer.kafka.access.RequiredRights;
import io.sessionizer.kafka.access.Right;
import io.sessionizer.kafka.access.RightsCheck;
import io.sessionizer.kafka.config.SessionizerSettings;
import io.sessionizer.kafka.config.SessionizerSettings.Uncounted;
import io.sessionizer.kafka.config.SessionizerSettings.UserFrom;
import io.sessionizer.kafka.config.StreamsProperties;
import io.sessionizer.kafka.config.TopicRole;
import io.sessionizer.kafka.status.Counters.Count;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;

/** The service on a broker with an authorizer, with rights that a test gives and takes away. */
final class SecuredService implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long HOUR = 3_600_000;

    private final SecuredBroker broker;
    private final SessionizerSettings settings;
    private final RequiredRights rights;
    private final Admin user;
    private final Producer<byte[], byte[]> producer;
    private final long firstTime = System.currentTimeMillis() - 1_000 * HOUR;
    private int sent;
    private Sessionizer service;

    /** @param directory for its state */
    SecuredService(SecuredBroker broker, Path directory, UserFrom userFrom) {
        this.broker = broker;
        Map<String, String> client = broker.client(Protocol.SASL_PLAINTEXT);
        Map<String, String> kafka = new HashMap<>(client);
        kafka.putAll(Map.of(
                "application.id", "sessionizer",
                "state.dir", directory.toString(),
                "num.stream.threads", "2",
                "session.timeout.ms", "2000",
                "heartbeat.interval.ms", "500",
                "repartition.purge.interval.ms", "500",
                "commit.interval.ms", "100"));
        this.settings = TestSettings.withSessionsTable(TestSettings.of(userFrom, Uncounted.DROP, kafka));
        this.rights = RequiredRights.of(settings, new StreamsConfig(StreamsProperties.of(settings)));
        this.user = Admin.create(new HashMap<>(client));
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.servers(Protocol.PLAINTEXT)),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    RequiredRights rights() {
        return rights;
    }

    /** Its configuration, as that of a process. */
    Map<String, String> properties() {
        Map<String, String> properties = new HashMap<>(settings.runtime().kafka());
        properties.put("user.from", settings.input().userFrom().name().toLowerCase(Locale.ROOT));
        properties.put("sessions.topic", settings.topics().name(TopicRole.SESSIONS));
        return properties;
    }

    /** One of those that it needs in any case, or can do without, by its name. */
    Right right(String name) {
        return Stream.concat(needed().stream(), rights.optional().keySet().stream())
                .filter(right -> right.toString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Those that the service needs in any case, and that the brokers can be asked for once all topics exist. */
    List<Right> needed() {
        List<Right> needed = new ArrayList<>(rights.topics());
        needed.add(rights.group());
        needed.addAll(rights.transactions());
        return needed;
    }

    /** Returns once the broker applies them. */
    void grant(Collection<AclBinding> acls) {
        TestApplication.await(broker.admin().createAcls(acls).all());
        PollingWait.until(
                "the broker applies what is granted", PATIENCE, () -> missing().isEmpty());
    }

    /** Takes one right away, where Describe is left, and returns once the broker applies that. */
    AclBinding deny(Right right) {
        AclBinding denial = DocumentedRights.denial(right.resource(), right.operation());
        TestApplication.await(broker.admin().createAcls(List.of(denial)).all());
        PollingWait.until(
                "the broker refuses " + right,
                PATIENCE,
                () -> missing().contains(right.missing()) || missingOptional().containsKey(right));
        return denial;
    }

    /** Gives them back. */
    void allow(AclBinding... denials) {
        TestApplication.await(broker.admin()
                .deleteAcls(Stream.of(denials).map(AclBinding::toFilter).toList())
                .all());
        PollingWait.until(
                "the broker allows " + List.of(denials),
                PATIENCE,
                () -> missing().isEmpty() && missingOptional().isEmpty());
    }

    /** What the service would find missing at a start. */
    List<String> missing() {
        try {
            return new RightsCheck(user, rights).missing();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    Map<Right, String> missingOptional() {
        try {
            return new RightsCheck(user, rights).missingOptional();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The problems that the command check reports. */
    List<String> check() {
        try {
            return BrokerCheck.online(settings).problems();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    Sessionizer start() {
        service = new Sessionizer(settings, row -> {});
        service.start();
        return service;
    }

    /** Sends an event, which concludes the session of the event before, and a broken one. */
    void send() {
        long time = firstTime + sent * HOUR;
        TestEvent event = TestEvent.counted("e" + sent++, "user", time);
        send(event.json(), time);
        send("broken", time);
        producer.flush();
    }

    private void send(String value, long time) {
        producer.send(new ProducerRecord<>(
                "events", 0, time, "user".getBytes(StandardCharsets.UTF_8), value.getBytes(StandardCharsets.UTF_8)));
    }

    /** Waits until it is ready, and has processed so many events since it was started. */
    void awaitWorking(int events) {
        PollingWait.until("the service is ready", PATIENCE, service::isReady);
        PollingWait.until(
                "the service has processed " + events,
                PATIENCE,
                () -> service.counters().value(Count.EVENTS_COUNTED) >= events);
    }

    /** Sends events until it has stopped by itself, and returns why. */
    String stopUnderLoad() {
        PollingWait.until("the service has stopped", PATIENCE, () -> {
            send();
            return service.livenessProblem().isPresent();
        });
        return service.stopReason().orElse("no reason");
    }

    @Override
    public void close() {
        if (service != null) {
            service.close();
        }
        producer.close(Duration.ZERO);
        user.close(Duration.ZERO);
    }
}
