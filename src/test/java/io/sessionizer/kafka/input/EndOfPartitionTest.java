package io.sessionizer.kafka.input;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class EndOfPartitionTest {
    private static final TopicPartition PARTITION = new TopicPartition("events", 0);
    private static final long END = 10;

    private final LeaderConsumer consumer = new LeaderConsumer();
    private final EndOfPartition endOfPartition = new EndOfPartition(() -> Optional.of(consumer));

    @Test
    void isReachedWhenThePositionIsTheLeadersEnd() {
        consumer.assign(List.of(PARTITION));
        consumer.seek(PARTITION, END - 1);
        assertFalse(endOfPartition.test(PARTITION));
        consumer.seek(PARTITION, END);
        assertTrue(endOfPartition.test(PARTITION));
    }

    @Test
    void isNotReachedIfThisThreadDoesNotReadThePartition() {
        assertFalse(endOfPartition.test(PARTITION));
        assertFalse(new EndOfPartition(Optional::empty).test(PARTITION));
        assertEquals(0, consumer.requests);
    }

    @Test
    void afterAFailureItIsNotReached_andTheLeaderIsNotAskedAgainAtOnce() {
        consumer.assign(List.of(PARTITION));
        consumer.seek(PARTITION, END);
        consumer.failure = Optional.of(new TimeoutException("no leader"));
        assertFalse(endOfPartition.test(PARTITION));
        consumer.failure = Optional.empty();
        assertFalse(endOfPartition.test(PARTITION));
        assertEquals(1, consumer.requests);
    }

    @Test
    void anInterruptIsPassedOn() {
        consumer.assign(List.of(PARTITION));
        consumer.failure = Optional.of(new InterruptException("shut down"));
        assertThrows(InterruptException.class, () -> endOfPartition.test(PARTITION));
        assertTrue(Thread.interrupted());
    }

    private static final class LeaderConsumer extends MockConsumer<byte[], byte[]> {
        private Optional<KafkaException> failure = Optional.empty();
        private int requests;

        LeaderConsumer() {
            super("earliest");
        }

        @Override
        public synchronized Map<TopicPartition, Long> endOffsets(
                Collection<TopicPartition> partitions, Duration timeout) {
            requests++;
            failure.ifPresent(exception -> {
                throw exception;
            });
            return Map.of(PARTITION, END);
        }
    }
}
