package io.sessionizer.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sessionizer.event.UserKey;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class WatermarkPartitionerTest {
    private final WatermarkPartitioner partitioner = new WatermarkPartitioner();

    @Test
    void aWatermarkGoesToAllPartitions() {
        assertEquals(
                Optional.of(Set.of(0, 1, 2)),
                partitioner.partitions("by-user", UserKey.NONE, new byte[1], new RecordHeaders(), 3));
    }

    @Test
    void aUserIsLeftToTheDefaultPartitioner() {
        assertEquals(
                Optional.empty(),
                partitioner.partitions("by-user", new byte[] {'u'}, new byte[1], new RecordHeaders(), 3));
    }
}
