package io.sessionizer.kafka.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.kafka.config.UnrecoverableException;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class TaskCommitsTest {
    private static final TopicPartition SOURCE = new TopicPartition("events", 3);
    private static final TopicPartition REPARTITIONED = new TopicPartition("by-user", 3);

    private long nanos = -5;
    private boolean isUnsaved;
    private final TaskCommits commits = new TaskCommits(() -> nanos);
    private final TaskCommit task = commits.register(SOURCE, () -> isUnsaved);

    @Test
    void agesFromTheFirstRecordUntilTheCommitHasReturned() {
        assertEquals(Map.of(3, 0L), commits.uncommittedNanos());
        task.recordProcessed();
        nanos += 7;
        task.recordProcessed();
        commits.committing(Set.of(SOURCE));
        nanos += 10;
        assertEquals(Map.of(3, 17L), commits.uncommittedNanos(), "also while the commit hangs");
        commits.committed(Set.of(SOURCE));
        assertEquals(Map.of(3, 0L), commits.uncommittedNanos());
        nanos += 10;
        assertEquals(Map.of(3, 0L), commits.uncommittedNanos());
    }

    @Test
    void aTickThatChangesStateIsToBeCommitted_onceARecordWasRead() {
        isUnsaved = true;
        task.tick();
        nanos += 10;
        assertEquals(Map.of(3, 0L), commits.uncommittedNanos(), "there is no offset that Kafka Streams would commit");
        task.recordProcessed();
        commits.committed(Set.of(SOURCE));
        task.tick();
        nanos += 10;
        assertEquals(Map.of(3, 10L), commits.uncommittedNanos());
    }

    @Test
    void countsTheOldestOfAPartitionsTasks() {
        TaskCommit other = commits.register(REPARTITIONED, () -> false);
        other.recordProcessed();
        nanos += 10;
        task.recordProcessed();
        nanos += 10;
        assertEquals(Map.of(3, 20L), commits.uncommittedNanos());
        commits.committed(Set.of(REPARTITIONED));
        assertEquals(Map.of(3, 10L), commits.uncommittedNanos());
        commits.unregister(task);
        commits.unregister(other);
        assertEquals(Map.of(), commits.uncommittedNanos());
    }

    @Test
    void aTaskThatFailedUncommittedAges_onWithItsSuccessorsFirstRecord() {
        task.recordProcessed();
        nanos += 10;
        commits.unregister(task);
        nanos += 100;
        TaskCommit revived = commits.register(SOURCE, () -> false);
        assertFalse(commits.isSettled(3));
        assertEquals(Map.of(3, 0L), commits.uncommittedNanos(), "it may have been committed elsewhere");
        revived.recordProcessed();
        nanos += 1;
        assertEquals(Map.of(3, 11L), commits.uncommittedNanos());
        commits.committed(Set.of(SOURCE));
        assertTrue(commits.isSettled(3));
        revived.recordProcessed();
        nanos += 1;
        assertEquals(Map.of(3, 1L), commits.uncommittedNanos());
    }

    @Test
    void aTaskThatEndsLate_doesNotRemoveItsSuccessor() {
        TaskCommit successor = commits.register(SOURCE, () -> false);
        commits.unregister(task);
        successor.recordProcessed();
        nanos += 1;
        assertEquals(Map.of(3, 1L), commits.uncommittedNanos());
    }

    @Test
    void refusesACommitWithUnsavedState_beforeItIsSent() {
        TaskCommit other = commits.register(REPARTITIONED, () -> false);
        isUnsaved = true;
        commits.committing(Set.of(REPARTITIONED));
        commits.requireSaved(other);
        commits.throwIfViolated();
        String line = assertThrows(
                        UnrecoverableException.class, () -> commits.committing(Set.of(REPARTITIONED, SOURCE)))
                .getMessage();
        assertTrue(line.startsWith("events-3: changed state must be stored before a commit. Found: "), line);
        assertEquals(1, line.lines().count());
        assertEquals(
                line,
                assertThrows(UnrecoverableException.class, commits::throwIfViolated)
                        .getMessage());
    }
}
