package io.sessionizer.web;

import io.sessionizer.session.ClockSteps;
import io.sessionizer.session.SampleIds;
import io.sessionizer.session.SessionRules;
import io.sessionizer.session.Timeline;
import io.sessionizer.session.UserState;
import io.sessionizer.web.Backend.EffectiveSetting;
import io.sessionizer.web.Backend.MetricsPage;
import io.sessionizer.web.Backend.Monitoring;
import io.sessionizer.web.Backend.TrackingControl;
import io.sessionizer.web.Backend.UserAccess;
import io.sessionizer.web.access.AccessSettings;
import io.sessionizer.web.access.AccessSettings.ProxySettings;
import io.sessionizer.web.access.AccessSettings.ReadAccess;
import io.sessionizer.web.access.AddressRange;
import io.sessionizer.web.board.BoardSource;
import io.sessionizer.web.board.BoardTotals;
import io.sessionizer.web.http.ServiceUnavailableException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** A server on a free port, over a service that holds its users in memory. */
final class TestServer implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-11-24T02:10:00.123Z");
    static final String TOKEN = "a-token-of-some-length";
    private static final SessionRules RULES = new SessionRules(20 * 60_000, 86_400_000, 100_000);

    final BoardTotals totals = new BoardTotals(20 * 60_000);
    final Map<String, UserState> users = new ConcurrentHashMap<>();
    final List<String> others = new CopyOnWriteArrayList<>();
    final List<String> erased = new CopyOnWriteArrayList<>();
    final AtomicBoolean tracking = new AtomicBoolean(true);
    final AtomicBoolean ready = new AtomicBoolean(true);
    final AtomicBoolean alive = new AtomicBoolean(true);
    /** Whether the broker is out of reach. */
    final AtomicBoolean cutOff = new AtomicBoolean();

    volatile Supplier<MetricsPage> metrics =
            () -> new MetricsPage("text/plain; version=0.0.4", bytes("sessionizer_up 1\n"));
    /** Runs before a user is erased. */
    volatile Runnable erasing = () -> {};
    /** Runs before the switch changes. */
    volatile Runnable switching = () -> {};

    private final Clock clock;
    private final WebServer server;

    private TestServer(HttpSettings settings, Clock clock) {
        this.clock = clock;
        server = WebServer.listen(settings);
        server.serve(service(), Set.of(settings.host()), "localhost:" + server.port());
    }

    static HttpSettings settings(AccessSettings access) {
        return new HttpSettings("localhost", 0, Optional.empty(), access, ZoneId.of("UTC"));
    }

    static AccessSettings access(ReadAccess reads, String token, Set<String> names) {
        ProxySettings proxy =
                new ProxySettings(AddressRange.parse("127.0.0.2").stream().collect(Collectors.toSet()), "x-user");
        return new AccessSettings(
                reads, Optional.of(token).filter(text -> !text.isEmpty()), Optional.empty(), names, proxy);
    }

    private TestServer(HttpSettings settings) {
        this(settings, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    /** Its clock starts at {@link #NOW}, so that pages receive boards as they change. */
    static TestServer running() {
        Clock wall = Clock.systemUTC();
        return new TestServer(
                settings(AccessSettings.DEFAULT), Clock.offset(wall, Duration.between(wall.instant(), NOW)));
    }

    static TestServer open() {
        return with(AccessSettings.DEFAULT);
    }

    static TestServer withToken() {
        return with(access(ReadAccess.OPEN, TOKEN, Set.of("board.example")));
    }

    static TestServer with(AccessSettings access) {
        return new TestServer(settings(access));
    }

    static TestServer withHealthPort() {
        return new TestServer(
                new HttpSettings("localhost", 0, Optional.of(0), AccessSettings.DEFAULT, ZoneId.of("UTC")));
    }

    static TestServer at(String host, int port) {
        return new TestServer(new HttpSettings(host, port, Optional.empty(), AccessSettings.DEFAULT, ZoneId.of("UTC")));
    }

    Backend service() {
        return new Backend(
                new BoardSource(totals, 1200, clock),
                new UserAccess(
                        user -> users.getOrDefault(text(user), new UserState.Absent()),
                        user -> others,
                        user -> change(() -> {
                            erasing.run();
                            erased.add(text(user));
                        })),
                new TrackingControl(
                        tracking::get,
                        active -> change(() -> {
                            switching.run();
                            tracking.set(active);
                        })),
                new Monitoring(
                        () -> problem(alive, "Stream thread(s) have not moved for a minute: stream-1."),
                        () -> problem(ready, "Not ready."),
                        accept -> metrics.get()),
                () -> List.of(
                        new EffectiveSetting("Kafka", "bootstrap.servers", "kafka:9092", "file", "the Kafka brokers"),
                        new EffectiveSetting("Topics", "events.topic", "clicks", "file", "input: user events"),
                        new EffectiveSetting("Sessions", "session.retention.ms", "7200000", "default", "2 hours")));
    }

    private static Optional<String> problem(AtomicBoolean isHealthy, String sentence) {
        return isHealthy.get() ? Optional.empty() : Optional.of(sentence);
    }

    private void change(Runnable change) {
        if (cutOff.get()) {
            throw new ServiceUnavailableException("No broker confirms it.");
        }
        change.run();
    }

    /** Makes the user one with events at these minutes of an hour. */
    TestServer holding(String user, int... minutes) {
        Timeline timeline = Timeline.EMPTY;
        for (int minute : minutes) {
            long time = 1_468_306_800_000L + minute * 60_000L;
            timeline = timeline.add(time, ClockSteps.at(time), RULES, SampleIds::of)
                    .timeline();
        }
        users.put(user, new UserState.Found(timeline));
        return this;
    }

    TestServer notHolding(String user) {
        users.put(user, new UserState.AbsentHere());
        return this;
    }

    int port() {
        return server.port();
    }

    int healthPort() {
        return server.healthPort();
    }

    long audited(String result) {
        return server.auditCounts().get(result);
    }

    String authority() {
        return "localhost:" + port();
    }

    private static String text(byte[] user) {
        return new String(user, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.close();
    }
}
