package io.sessionizer.kafka;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sessionizer.kafka.config.Failure;
import io.sessionizer.kafka.config.UnrecoverableException;
import io.sessionizer.record.Checkpoint;
import io.sessionizer.record.CheckpointCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ThreadFailuresTest {
    private final List<String> lines = new ArrayList<>();
    private long nanos;

    private static Exception newerFormat() {
        byte[] stored = CheckpointCodec.encode(new Checkpoint(0, List.of(), Optional.empty()));
        stored[0] = 99;
        return assertThrows(IllegalStateException.class, () -> CheckpointCodec.decode(stored));
    }

    private static Stream<Arguments> unrecoverable() {
        return Stream.of(
                Arguments.of(newerFormat(), newerFormat().getMessage()),
                Arguments.of(new UnrecoverableException("the line"), "the line"));
    }

    @ParameterizedTest
    @MethodSource("unrecoverable")
    void shutsDownAtOnceWithOneLine_onAnUnrecoverableFailure(Exception cause, String line) {
        ThreadFailures failures = new ThreadFailures(failure -> {}, lines::add, 2, () -> nanos);
        Exception asKafkaThrowsIt = new StreamsException(new KafkaException("in a callback", cause));
        assertEquals(SHUTDOWN_CLIENT, failures.handle(asKafkaThrowsIt));
        assertEquals(SHUTDOWN_CLIENT, failures.handle(cause));
        assertEquals(SHUTDOWN_CLIENT, failures.handle(new IllegalStateException("a consequence")));
        assertEquals(List.of(line), lines);
    }

    @Test
    void replacesAsOftenAsAllowed_thenGivesUp() {
        ThreadFailures failures = new ThreadFailures(failure -> {}, lines::add, 2, () -> nanos);
        assertEquals(REPLACE_THREAD, failures.handle(new IllegalStateException("first")));
        assertEquals(REPLACE_THREAD, failures.handle(new IllegalStateException("second")));
        assertEquals(SHUTDOWN_CLIENT, failures.handle(new IllegalStateException("third")));
        assertEquals(List.of(), lines);
    }

    @Test
    void stopsAtOnce_whereAThreadFoundThatTheServiceMustStop() {
        List<String> reasons = new ArrayList<>();
        ThreadFailures failures = new ThreadFailures(failure -> {}, reasons::add, 2, () -> nanos);
        assertEquals(
                SHUTDOWN_CLIENT,
                failures.handle(new RuntimeException("outer", new UnrecoverableException("one line"))));
        assertEquals(List.of("one line"), reasons);
    }

    @Test
    void stopsAtOnce_whereTheHeapIsTooSmall() {
        ThreadFailures failures = new ThreadFailures(failure -> {}, lines::add, 2, () -> nanos);
        assertEquals(
                SHUTDOWN_CLIENT,
                failures.handle(new RuntimeException("in a callback", new OutOfMemoryError("Java heap space"))));
        assertEquals(
                List.of("-Xmx: the heap must have space for its partitions and records. Found: "
                        + Runtime.getRuntime().maxMemory() / (1 << 20) + " MB, and Java heap space"),
                lines);
    }

    @Test
    void stopsAtOnce_whereTheInputHasChanged() {
        List<String> reasons = new ArrayList<>();
        ThreadFailures failures = new ThreadFailures(
                failure -> {
                    throw new UnrecoverableException("another topic");
                },
                reasons::add,
                2,
                () -> nanos);
        assertEquals(SHUTDOWN_CLIENT, failures.handle(new IllegalStateException("whatever Kafka Streams makes of it")));
        assertEquals(List.of("another topic"), reasons);
    }

    @Test
    void replaces_whereNoBrokerDescribesTheInput() {
        ThreadFailures failures = new ThreadFailures(
                failure -> {
                    throw new TimeoutException("no answer");
                },
                reason -> {},
                2,
                () -> nanos);
        assertEquals(REPLACE_THREAD, failures.handle(new IllegalStateException("first")));
    }

    /** Between crashes of one cause everything is restored for a moment. */
    @Test
    void isNotReadyUntilItHasWorkedForAMinuteSinceACrash() {
        ThreadFailures failures = new ThreadFailures(failure -> {}, lines::add, 2, () -> nanos);
        failures.restored();
        assertEquals(Optional.empty(), failures.readinessProblem());
        failures.handle(new IllegalStateException("crash"));
        nanos = Duration.ofMinutes(2).toNanos();
        failures.restored();
        nanos = Duration.ofMinutes(3).toNanos() - 1;
        assertEquals(Optional.of("A stream thread has crashed within the last minute."), failures.readinessProblem());
        nanos++;
        assertEquals(Optional.empty(), failures.readinessProblem());
    }

    @Test
    void formatsAFailureAndItsCausesInOneLine() {
        Exception failure = new RuntimeException("outer\n  detail", new IllegalStateException("inner"));
        assertEquals("outer detail: inner", Failure.inOneLine(failure));
        assertEquals("NullPointerException", Failure.inOneLine(new NullPointerException()));
    }
}
