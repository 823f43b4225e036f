package io.sessionizer.kafka.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.sessionizer.session.ClockRules;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

class PartitionCheckpointTest {
    private static final long STREAM_TIME = 1_468_321_202_000L;

    @Test
    void storesTheStreamTimeThatItStartsWith_sinceACommitMayFollowBeforeARecord() {
        KeyValueStore<byte[], byte[]> store = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore("checkpoint"), Serdes.ByteArray(), Serdes.ByteArray())
                .withLoggingDisabled()
                .build();
        store.init(new MockProcessorContext<>(new Properties()).getStateStoreContext(), store);
        assertFalse(new PartitionCheckpoint(store, STREAM_TIME).hasUnsaved());
        assertEquals(
                STREAM_TIME,
                new PartitionCheckpoint(store, ClockRules.NONE).clock().timeMs());
    }
}
