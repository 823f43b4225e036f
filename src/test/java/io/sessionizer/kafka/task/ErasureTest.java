package io.sessionizer.kafka.task;

import static io.sessionizer.kafka.StreamDriver.bytes;
import static io.sessionizer.kafka.StreamDriver.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.kafka.StreamDriver;
import io.sessionizer.kafka.TestSettings;
import io.sessionizer.kafka.config.ErasureHeader;
import io.sessionizer.kafka.config.NodeNames;
import io.sessionizer.kafka.config.SessionizerSettings.Uncounted;
import io.sessionizer.kafka.config.SessionizerSettings.UserFrom;
import io.sessionizer.kafka.status.Counters;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A null value erases the user of the key; its copies in other partitions do where they know the user. */
class ErasureTest {
    private static final long ELEVEN = 1_468_321_200_000L;
    private static final Headers COPY = new RecordHeaders(List.of(ErasureHeader.ofCopy()));

    private static StreamDriver driver(UserFrom userFrom) {
        return new StreamDriver(TestSettings.of(userFrom, Uncounted.DROP, Map.of()), ELEVEN);
    }

    @ParameterizedTest
    @EnumSource
    void deletesTheProfile_alsoOfAnUnknownUser(UserFrom userFrom) {
        try (StreamDriver stream = driver(userFrom)) {
            stream.pipe("never-seen", null, ELEVEN);
            TestRecord<byte[], byte[]> profile = only(stream.profiles());
            assertEquals("never-seen", text(profile.key()));
            assertNull(profile.value());
            assertEquals(1, stream.counters().value(Counters.Count.USERS_ERASED));
        }
    }

    @Test
    void aCopyDoesNothing_whereTheUserIsUnknown() {
        try (StreamDriver stream = driver(UserFrom.KEY)) {
            stream.pipe(bytes("never-seen"), null, ELEVEN, COPY);
            assertTrue(stream.profiles().isEmpty());
            assertEquals(0, stream.counters().value(Counters.Count.USERS_ERASED));
        }
    }

    @Test
    void aCopyErases_whereTheUserIsKnown_andIsNotCounted() {
        try (StreamDriver stream = driver(UserFrom.KEY)) {
            stream.event("gone", ELEVEN);
            assertEquals(1, stream.profiles().size());
            stream.pipe(bytes("gone"), null, ELEVEN, COPY);
            assertNull(only(stream.profiles()).value());
            assertNull(stream.store(NodeNames.TIMELINES).get(bytes("gone")));
            stream.pipe(bytes("gone"), null, ELEVEN, COPY);
            assertTrue(stream.profiles().isEmpty());
            assertEquals(0, stream.counters().value(Counters.Count.USERS_ERASED));
        }
    }

    @ParameterizedTest
    @EnumSource
    void startsOver_withEventsThatAreReadAfterIt_whateverTheirTime(UserFrom userFrom) {
        try (StreamDriver stream = driver(userFrom)) {
            stream.event("u", ELEVEN - 5_000, ELEVEN);
            stream.event("u", ELEVEN, ELEVEN);
            stream.pipe("u", null, ELEVEN);
            stream.event("u", ELEVEN - 3_000, ELEVEN);
            stream.pollUntil(ELEVEN + 21 * TestSettings.MINUTE);
            TestRecord<byte[], byte[]> concluded = only(stream.concluded());
            assertEquals(ELEVEN - 3_000, concluded.timestamp());
            assertTrue(text(concluded.value()).contains("\"Event Count\":1,\"Revision\":1}"), text(concluded.value()));
        }
    }

    private static TestRecord<byte[], byte[]> only(List<TestRecord<byte[], byte[]>> records) {
        assertEquals(1, records.size());
        return records.get(0);
    }
}
