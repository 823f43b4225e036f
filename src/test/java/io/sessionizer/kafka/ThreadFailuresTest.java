package io.sessionizer.kafka;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sessionizer.kafka.config.Failure;
import org.junit.jupiter.api.Test;

class ThreadFailuresTest {
    @Test
    void replacesAsOftenAsAllowed_thenGivesUp() {
        ThreadFailures failures = new ThreadFailures(2);
        assertEquals(REPLACE_THREAD, failures.handle(new IllegalStateException("first")));
        assertEquals(REPLACE_THREAD, failures.handle(new IllegalStateException("second")));
        assertEquals(SHUTDOWN_CLIENT, failures.handle(new IllegalStateException("third")));
    }

    @Test
    void formatsAFailureAndItsCausesInOneLine() {
        Exception failure = new RuntimeException("outer\n  detail", new IllegalStateException("inner"));
        assertEquals("outer detail: inner", Failure.inOneLine(failure));
        assertEquals("NullPointerException", Failure.inOneLine(new NullPointerException()));
    }
}
