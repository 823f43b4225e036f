package io.sessionizer.kafka.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.streams.processor.internals.ProcessorMetadata;
import org.apache.kafka.streams.processor.internals.TopicPartitionMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommittedPositionTest {
    @ParameterizedTest
    @ValueSource(longs = {-1, 0, 1_468_308_340_000L})
    void recognizesWhatKafkaStreamsCommits(long streamTimeMs) {
        String metadata = new TopicPartitionMetadata(streamTimeMs, new ProcessorMetadata()).encode();
        assertEquals(new CommittedPosition(7, true), CommittedPosition.of(new OffsetAndMetadata(7, metadata)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "by hand", "AAAA"})
    void recognizesWhatOthersCommit(String metadata) {
        assertFalse(CommittedPosition.of(new OffsetAndMetadata(7, metadata)).isFromStreams());
    }

    @Test
    void commitsAsKafkaStreamsWould() {
        assertEquals(
                new TopicPartitionMetadata(-1, new ProcessorMetadata()),
                TopicPartitionMetadata.decode(CommittedPosition.toCommit(7).metadata()));
        assertEquals(
                new TopicPartitionMetadata(-1, new ProcessorMetadata()).encode(),
                CommittedPosition.toCommit(7).metadata());
    }
}
