package io.sessionizer.guarantee.support;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** The lines that are logged in this JVM while this is open. */
public final class LogLines extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

    private LogLines() {}

    public static LogLines open() {
        LogLines opened = new LogLines();
        opened.setContext(opened.root.getLoggerContext());
        opened.start();
        opened.root.addAppender(opened);
        return opened;
    }

    @Override
    protected void append(ILoggingEvent line) {
        lines.add(line.getFormattedMessage());
    }

    /** How many lines have this text. */
    public long count(String text) {
        return with(text).size();
    }

    /** The lines that have this text. */
    public List<String> with(String text) {
        return lines.stream().filter(line -> line.contains(text)).toList();
    }

    /** Waits until {@code count} lines have this text. */
    public void await(String text, long count, Duration timeout) {
        PollingWait.until("Logged " + count + " times: " + text, timeout, () -> count(text) >= count);
    }

    @Override
    public void close() {
        root.detachAppender(this);
        stop();
    }
}
