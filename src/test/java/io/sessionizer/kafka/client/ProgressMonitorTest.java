package io.sessionizer.kafka.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ProgressMonitorTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private long nanos;
    private final TaskCommits commits = new TaskCommits(() -> nanos);
    private final ProgressMonitor monitor = new ProgressMonitor(new StreamThreads(300_000), commits);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void captureTheLog() {
        log.start();
        logger().addAppender(log);
        logger().setLevel(Level.INFO);
    }

    @AfterEach
    void close() {
        logger().detachAppender(log);
        logger().setLevel(null);
        monitor.close();
    }

    @Test
    void logsPartitionsWithoutACommitFor30SecondsOnce_andThatTheyCommitAgain() {
        TaskCommit first = process(0);
        process(2);
        pass(29);
        assertEquals(Optional.empty(), monitor.readinessProblem());
        pass(1);
        assertEquals(Optional.of("No commit for 30 s for partition(s) 0, 2."), monitor.readinessProblem());
        commits.committed(Set.of(source(2)));
        first.recordProcessed();
        pass(100);
        assertEquals(Optional.of("No commit for 30 s for partition(s) 0."), monitor.readinessProblem());
        commits.committed(Set.of(source(0)));
        pass(1);
        assertEquals(Optional.empty(), monitor.readinessProblem());
        assertEquals(
                List.of(
                        "WARN No commit for 30 s for partition(s) 0, 2: the output since then is not visible yet",
                        "INFO Partition(s) 2 commit again",
                        "INFO Partition(s) 0 commit again"),
                lines());
    }

    @Test
    void aPartitionThatFailsAgainAndAgainIsLoggedOnce() {
        for (int attempt = 1; attempt <= 5; attempt++) {
            TaskCommit task = process(0);
            pass(20);
            commits.unregister(task);
            pass(20);
        }
        assertEquals(1, lines().size(), () -> lines().toString());
        process(0);
        commits.committed(Set.of(source(0)));
        pass(1);
        assertEquals("INFO Partition(s) 0 commit again", lines().get(1));
    }

    private TaskCommit process(int partition) {
        TaskCommit task = commits.register(source(partition), () -> false);
        task.recordProcessed();
        return task;
    }

    private static TopicPartition source(int partition) {
        return new TopicPartition("events", partition);
    }

    private void pass(int seconds) {
        for (int i = 0; i < seconds; i++) {
            nanos += SECOND;
            monitor.check();
        }
    }

    private List<String> lines() {
        return log.list.stream()
                .map(event -> event.getLevel() + " " + event.getFormattedMessage())
                .toList();
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger(ProgressMonitor.class);
    }
}
