package io.sessionizer.kafka;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.kafka.config.NodeNames;
import io.sessionizer.kafka.config.SessionizerSettings;
import io.sessionizer.kafka.config.SessionizerSettings.Uncounted;
import io.sessionizer.kafka.config.SessionizerSettings.UserFrom;
import io.sessionizer.kafka.config.StreamsProperties;
import io.sessionizer.kafka.config.UnrecoverableException;
import io.sessionizer.kafka.state.CommitSignal;
import io.sessionizer.kafka.state.StateStores;
import io.sessionizer.kafka.task.InputScope;
import io.sessionizer.kafka.task.InstanceScope;
import io.sessionizer.kafka.task.Now;
import io.sessionizer.kafka.task.TestScopes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.StoreBuilder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** State must be stored before each commit, else it would be lost silently at the next restart. */
class CommitGuardTest {
    private static final long NOW = 1_468_321_200_000L;

    /** As if Kafka Streams no longer flushed caching stores before a commit. */
    static final class SilentCommitSignal extends CommitSignal {
        private SilentCommitSignal() {
            super(NodeNames.COMMIT_SIGNAL);
        }

        @Override
        public void flushCache() {}

        /** The stores of the service, with this one. */
        static Set<StoreBuilder<?>> stores() {
            Set<StoreBuilder<?>> stores = new HashSet<>(StateStores.ofSessions());
            stores.removeIf(store -> store.name().equals(NodeNames.COMMIT_SIGNAL));
            stores.add(new CommitSignal.Builder(NodeNames.COMMIT_SIGNAL) {
                @Override
                public CommitSignal build() {
                    return new SilentCommitSignal();
                }
            });
            return stores;
        }
    }

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(UserFrom.class)
    void aCommitThatLeavesStateUnsavedFails(UserFrom userFrom) {
        SessionizerSettings settings =
                TestSettings.of(userFrom, Uncounted.DROP, Map.of("state.dir", directory.toString()));
        InstanceScope scope = StreamDriver.scope(
                settings,
                TestScopes.topics(1, StreamDriver.limits(StreamDriver.KAFKAS)),
                new Now(() -> NOW, System::nanoTime, () -> true));
        Throwable failure = assertThrows(Exception.class, () -> run(scope, SilentCommitSignal.stores()));
        UnrecoverableException cause = Stream.iterate(failure, Throwable::getCause)
                .takeWhile(each -> each != null)
                .filter(UnrecoverableException.class::isInstance)
                .map(UnrecoverableException.class::cast)
                .findFirst()
                .orElseThrow(() -> new AssertionError(failure));
        assertTrue(cause.getMessage().contains("changed state must be stored before a commit."), cause.getMessage());
        assertThrows(
                UnrecoverableException.class, () -> scope.counters().commits().throwIfViolated());
    }

    private static void run(InstanceScope scope, Set<StoreBuilder<?>> stores) {
        Properties properties = new Properties();
        properties.putAll(StreamsProperties.of(scope.settings()));
        InputScope input = TestScopes.input(scope, StreamDriver.reads());
        try (TopologyTestDriver driver = new TopologyTestDriver(
                new SessionTopology(scope, input, stores).build(new StreamsConfig(properties)),
                properties,
                Instant.ofEpochMilli(NOW))) {
            driver.createInputTopic("events", new ByteArraySerializer(), new ByteArraySerializer())
                    .pipeInput(
                            "u".getBytes(StandardCharsets.UTF_8),
                            "{\"identity\":\"u\",\"evtName\":\"a\"}".getBytes(StandardCharsets.UTF_8),
                            NOW);
        }
    }
}
