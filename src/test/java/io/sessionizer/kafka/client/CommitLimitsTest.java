package io.sessionizer.kafka.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class CommitLimitsTest {
    private static final TopicPartition PARTITION = new TopicPartition("events", 0);

    private final CommitLimits limits = new CommitLimits();

    @Test
    void aTaskStartsAtTheCommittedOffset_whateverWasReturnedBefore() {
        limits.returned(records(100, 199, 200));
        assertEquals(OptionalLong.of(120), limits.start(PARTITION, OptionalLong.of(120)));
    }

    @Test
    void aTaskWithoutACommittedOffsetStartsAtTheFirstRecordThatWasReturned() {
        limits.returned(records(100, 199, 200));
        limits.returned(records(200, 249, 250));
        assertEquals(OptionalLong.of(100), limits.start(PARTITION, OptionalLong.empty()));
    }

    @Test
    void theFirstTaskWithoutACommittedOffsetStartsWhereTheResetPolicySays() {
        assertEquals(OptionalLong.empty(), limits.start(PARTITION, OptionalLong.empty()));
    }

    @Test
    void nothingBeyondTheCommittedOffsetIsCommittedBeforeARecordIsReturned() {
        limits.returned(records(100, 199, 200));
        limits.start(PARTITION, OptionalLong.of(120));
        assertEquals(Map.of(), limits.within(offset(200)));
        assertEquals(offset(120), limits.within(offset(120)));
    }

    @Test
    void nothingIsCommittedBeforeTheFirstRecordIsReturned() {
        limits.returned(records(100, 199, 200));
        limits.start(PARTITION, OptionalLong.empty());
        assertEquals(Map.of(), limits.within(offset(200)));
    }

    @Test
    void whatWasReturnedSinceTheStartMayBeCommitted_withTheMarkersThatFollow() {
        limits.start(PARTITION, OptionalLong.of(100));
        limits.returned(records(100, 199, 202));
        assertEquals(offset(202), limits.within(offset(202)));
        assertEquals(Map.of(), limits.within(offset(203)));
    }

    /** Such as an interceptor of the consumer makes them. */
    @Test
    void recordsWithoutTheNextOffsetMayBeCommitted() {
        limits.start(PARTITION, OptionalLong.of(100));
        limits.returned(new ConsumerRecords<>(Map.of(PARTITION, List.of(record(100), record(199))), Map.of()));
        assertEquals(offset(200), limits.within(offset(200)));
    }

    @Test
    void otherPartitionsAreCommitted() {
        TopicPartition other = new TopicPartition("events", 1);
        limits.start(PARTITION, OptionalLong.of(100));
        limits.start(other, OptionalLong.of(5));
        OffsetAndMetadata five = new OffsetAndMetadata(5);
        assertEquals(Map.of(other, five), limits.within(Map.of(PARTITION, new OffsetAndMetadata(200), other, five)));
    }

    private static Map<TopicPartition, OffsetAndMetadata> offset(long offset) {
        return Map.of(PARTITION, new OffsetAndMetadata(offset));
    }

    private static ConsumerRecords<byte[], byte[]> records(long first, long last, long next) {
        return new ConsumerRecords<>(Map.of(PARTITION, List.of(record(first), record(last))), offset(next));
    }

    private static ConsumerRecord<byte[], byte[]> record(long offset) {
        return new ConsumerRecord<>("events", 0, offset, new byte[0], new byte[0]);
    }
}
