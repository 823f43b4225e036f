package io.sessionizer.kafka.task;

import static io.sessionizer.kafka.StreamDriver.bytes;
import static io.sessionizer.kafka.StreamDriver.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.kafka.StreamDriver;
import io.sessionizer.kafka.TestSettings;
import io.sessionizer.kafka.config.SessionizerSettings.Uncounted;
import io.sessionizer.kafka.config.SessionizerSettings.UserFrom;
import io.sessionizer.kafka.config.TopicRole;
import io.sessionizer.kafka.topics.TopicLimit;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Records of every output carry event time where their topic takes and keeps it, else the time of the write. */
class OutputTimestampsTest {
    private static final long MINUTE = TestSettings.MINUTE;
    private static final long DAY = 24 * 60 * MINUTE;
    private static final long NOW = 1_468_321_200_000L;
    private static final long YEAR_AGO = NOW - 365 * DAY;
    private static final TopicLimit MONTH = new TopicLimit(1_000_000, Long.MAX_VALUE, 60 * MINUTE, 30 * DAY);

    private static StreamDriver driver(UserFrom userFrom, Map<TopicRole, TopicLimit> topics) {
        return new StreamDriver(
                TestSettings.of(userFrom, Uncounted.FORWARD, Map.of()), NOW, StreamDriver.limits(topics));
    }

    @ParameterizedTest
    @EnumSource
    void anOldEventCarriesTheTimeOfTheWrite_whereItsTopicIsDeletedFrom(UserFrom userFrom) {
        try (StreamDriver stream = driver(userFrom, Map.of(TopicRole.ENRICHED, MONTH, TopicRole.CONCLUDED, MONTH))) {
            stream.event("u", YEAR_AGO);
            stream.event("other", YEAR_AGO + 30 * MINUTE);
            stream.enriched().forEach(event -> assertEquals(NOW, event.timestamp()));
            TestRecord<byte[], byte[]> concluded = only(stream.concluded());
            assertEquals(NOW, concluded.timestamp());
            assertTrue(text(concluded.value()).contains("\"ts\":" + YEAR_AGO / 1000 + ","), text(concluded.value()));
            // compacted only
            assertEquals(YEAR_AGO, stream.profiles().get(0).timestamp());
        }
    }

    @ParameterizedTest
    @EnumSource
    void anEventCarriesItsTime_whereItsTopicKeepsIt(UserFrom userFrom) {
        try (StreamDriver stream = driver(userFrom, Map.of(TopicRole.ENRICHED, MONTH, TopicRole.CONCLUDED, MONTH))) {
            stream.event("u", NOW - 15 * DAY);
            stream.event("other", NOW - 15 * DAY + 30 * MINUTE);
            assertEquals(NOW - 15 * DAY, stream.enriched().get(0).timestamp());
            assertEquals(NOW - 15 * DAY, only(stream.concluded()).timestamp());
        }
    }

    @ParameterizedTest
    @EnumSource
    void anEventCarriesTheTimeOfTheWrite_whereItsTopicRefusesSuchAge(UserFrom userFrom) {
        TopicLimit aDay = new TopicLimit(1_000_000, DAY, 60 * MINUTE, Long.MAX_VALUE);
        Map<TopicRole, TopicLimit> all = Map.of(
                TopicRole.ENRICHED, aDay,
                TopicRole.CONCLUDED, aDay,
                TopicRole.PROFILES, aDay);
        try (StreamDriver stream = driver(userFrom, all)) {
            stream.event("u", NOW - DAY);
            stream.event("other", NOW - DAY + 30 * MINUTE);
            assertEquals(NOW, stream.enriched().get(0).timestamp());
            assertEquals(NOW, only(stream.concluded()).timestamp());
            assertEquals(NOW, stream.profiles().get(0).timestamp());
        }
    }

    @ParameterizedTest
    @EnumSource
    void uncountedEventsAndDeadLettersToo_ofTooOldATimestampAndTooNewAOne(UserFrom userFrom) {
        try (StreamDriver stream = driver(userFrom, Map.of(TopicRole.ENRICHED, MONTH, TopicRole.DEAD_LETTER, MONTH))) {
            for (long recordMs : new long[] {YEAR_AGO, NOW - 2, NOW + 59 * MINUTE, NOW + 60 * MINUTE}) {
                stream.pipe(bytes("u"), bytes("{"), recordMs, new RecordHeaders());
                stream.pipe("u", "{\"identity\":\"u\",\"evtName\":\"UTM Visited\"}", recordMs);
            }
            List<Long> expected = List.of(NOW, NOW - 2, NOW + 59 * MINUTE, NOW);
            assertEquals(expected, timestamps(stream.deadLetters()));
            assertEquals(expected, timestamps(stream.enriched()));
        }
    }

    private static List<Long> timestamps(List<TestRecord<byte[], byte[]>> records) {
        return records.stream().map(TestRecord::timestamp).toList();
    }

    private static TestRecord<byte[], byte[]> only(List<TestRecord<byte[], byte[]>> records) {
        assertEquals(1, records.size());
        return records.get(0);
    }
}
