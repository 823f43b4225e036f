package io.sessionizer.guarantee.clock;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.sessionizer.guarantee.support.PollingWait;
import io.sessionizer.guarantee.support.TestApplication;
import io.sessionizer.kafka.Sessionizer;
import io.sessionizer.kafka.TestSettings;
import io.sessionizer.kafka.config.SessionizerSettings.UserFrom;
import io.sessionizer.quickstart.EmbeddedBroker;
import io.sessionizer.session.UserState;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is forgotten by the clock is not found, whether or not its bytes are removed yet. */
class ForgottenSessionsAreNotFound {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long GAP = TestSettings.RULES.gapMs();
    private static final long RETENTION = TestSettings.RULES.retentionMs();
    private static final byte[] USER = "u".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path directory;

    /** The scan that removes the bytes comes again only when the clock has moved on by hours. */
    @Test
    void fromTheRetentionOn() throws Exception {
        long start = System.currentTimeMillis() - 3 * RETENTION;
        long due = start + GAP + 1;
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("broker"), 0);
                TestApplication app = new TestApplication(
                        "forgotten", directory, UserFrom.KEY, Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            app.createInput(1);
            app.send(0, "u", start);
            app.send(0, "other", due);
            app.send(0, "other", due + RETENTION);
            Sessionizer service = app.start();
            PollingWait.until("The scan has passed", PATIENCE, () -> hasTicked(service, due + RETENTION));
            PollingWait.until("It is found", PATIENCE, () -> service.findUser(USER) instanceof UserState.Found);
            app.send(0, "other", due + RETENTION + 1);
            PollingWait.until("It is not found", PATIENCE, () -> service.findUser(USER) instanceof UserState.Absent);
            assertInstanceOf(
                    UserState.Found.class,
                    service.findUser("other".getBytes(StandardCharsets.UTF_8)),
                    "it is remembered");
        }
    }

    private static boolean hasTicked(Sessionizer service, long clock) {
        return service.counters().partitions().stream().anyMatch(status -> status.clock() == clock);
    }
}
