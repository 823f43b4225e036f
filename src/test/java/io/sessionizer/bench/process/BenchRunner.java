package io.sessionizer.bench.process;

import io.sessionizer.app.Main;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What is measured, each in a JVM of its own. */
public enum BenchRunner {
    /** Kafka Streams does nothing but copy the topic: the limit. */
    COPY,
    /** The same job written with session windows of the DSL. */
    DSL,
    /** This service. */
    SESSIONIZER,
    /** This service as it was: the jar that {@code --before} names. */
    BEFORE;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public boolean makesSessions() {
        return switch (this) {
            case COPY -> false;
            case DSL, SESSIONIZER, BEFORE -> true;
        };
    }

    /** How long it waits for late events before it publishes a session, in ms of {@code graceMs}. */
    public long holdsBackMs(long graceMs) {
        return switch (this) {
            case COPY, SESSIONIZER, BEFORE -> 0;
            case DSL -> graceMs;
        };
    }

    /** Where its classes are: those of this JVM, unless it is another version. */
    String classPath(String before) {
        return switch (this) {
            case COPY, DSL, SESSIONIZER -> System.getProperty("java.class.path");
            case BEFORE -> before;
        };
    }

    /** The main class and its arguments. */
    List<String> program(Path config, long graceMs) {
        return switch (this) {
            case COPY -> List.of(StreamsMain.class.getName(), "copy", config.toString());
            case DSL -> List.of(StreamsMain.class.getName(), "dsl", config.toString(), Long.toString(graceMs));
            case SESSIONIZER, BEFORE -> List.of(Main.class.getName(), "run", "--config", config.toString());
        };
    }
}
