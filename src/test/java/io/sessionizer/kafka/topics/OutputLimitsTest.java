package io.sessionizer.kafka.topics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.event.EventValidator;
import io.sessionizer.event.UserKey;
import io.sessionizer.event.format.FormatPreset;
import io.sessionizer.kafka.StreamDriver;
import io.sessionizer.kafka.config.CannotStartException;
import io.sessionizer.kafka.config.TopicRole;
import io.sessionizer.record.ConcludedWriter;
import io.sessionizer.record.ProfileWriter;
import io.sessionizer.record.SessionRowWriter;
import io.sessionizer.session.SampleIds;
import java.util.EnumMap;
import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.internal.AbstractRecords;
import org.apache.kafka.common.record.internal.CompressionType;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.junit.jupiter.api.Test;

class OutputLimitsTest {
    @Test
    void measuresARecordAtLeastAsLargeAsKafkaDoes() {
        for (int bytes : new int[] {0, 1, 63, 64, 300, 8_191, 8_192, 1_000_000}) {
            RecordHeaders headers = new RecordHeaders();
            for (int count = 0; count < 4; count++) {
                int theirs = kafkas(new byte[bytes], headers.toArray());
                long ours = OutputLimits.recordBytes(bytes, bytes, headers);
                assertTrue(ours >= theirs && ours < theirs + 200, ours + " for Kafka's " + theirs);
                headers.add("späte-reise-" + count, new byte[bytes / 10]);
            }
        }
    }

    @Test
    void aSessionHeaderFitsItsEstimate() {
        Header[] header = new RecordHeaders()
                .add("ct-session-id", SampleIds.of(1).toBytes())
                .toArray();
        long with = kafkas(new byte[0], header);
        long without = kafkas(new byte[0], new Header[0]);
        assertTrue(with - without
                <= EventValidator.stampHeaderBytes(FormatPreset.CLEVERTAP
                        .format(Map.of("event.session.header", "ct-session-id"))
                        .stamp()));
    }

    @Test
    void theLongestUsersSessionConcludedFits() {
        TopicLimit limit = new TopicLimit(20_000, Long.MAX_VALUE, 3_600_000, Long.MAX_VALUE);
        int longest = StreamDriver.limits(limit).maxUserBytes();
        long value = new ConcludedWriter(FormatPreset.CLEVERTAP.format()).maxLength(longest);
        assertTrue(longest > 2_500);
        assertTrue(OutputLimits.recordBytes(longest, (int) value, new RecordHeaders()) <= limit.maxBytes());
    }

    @Test
    void theLongestUsersProfileFits() {
        TopicLimit limit = new TopicLimit(20_000, Long.MAX_VALUE, 3_600_000, Long.MAX_VALUE);
        int longest = StreamDriver.limits(Map.of(TopicRole.PROFILES, limit)).maxUserBytes();
        long value = new ProfileWriter().maxLength(longest);
        assertTrue(longest > 2_500);
        assertTrue(OutputLimits.recordBytes(longest, (int) value, new RecordHeaders()) <= limit.maxBytes());
    }

    @Test
    void theLongestUsersRowFits_whereThereIsASessionsTable() {
        TopicLimit limit = new TopicLimit(20_000, Long.MAX_VALUE, 3_600_000, Long.MAX_VALUE);
        int longest = StreamDriver.limits(Map.of(TopicRole.SESSIONS, limit)).maxUserBytes();
        SessionRowWriter writer = new SessionRowWriter();
        int key = (int) writer.maxKeyLength(longest);
        assertTrue(longest > 2_500 && longest < UserKey.MAX_BYTES);
        assertTrue(OutputLimits.recordBytes(key, (int) writer.maxLength(longest), new RecordHeaders())
                <= limit.maxBytes());
    }

    @Test
    void rejectsABoardTopicThatIsTooSmallForItsRows() {
        TopicLimit tiny = new TopicLimit(10_000, Long.MAX_VALUE, 3_600_000, Long.MAX_VALUE);
        CannotStartException exception =
                assertThrows(CannotStartException.class, () -> StreamDriver.limits(Map.of(TopicRole.BOARD, tiny)));
        assertTrue(exception.getMessage().startsWith("board.topic: "), exception.getMessage());
        assertTrue(exception.getMessage().endsWith(" Found: 10000"), exception.getMessage());
    }

    @Test
    void requiresALimitOfEachOutputTopic_butAnOptionalOne() {
        OutputLimits all = StreamDriver.limits(StreamDriver.KAFKAS);
        for (TopicRole role : OutputLimits.ROLES) {
            Map<TopicRole, TopicLimit> topics = new EnumMap<>(all.topics());
            topics.remove(role);
            if (role == TopicRole.SESSIONS) {
                OutputLimits without = new OutputLimits(topics, 1_000_000, UserKey.MAX_BYTES);
                assertEquals(
                        UserKey.MAX_BYTES,
                        without.forUsersIn(FormatPreset.CLEVERTAP.format()).maxUserBytes());
            } else {
                assertThrows(
                        IllegalArgumentException.class, () -> new OutputLimits(topics, 1_000_000, 100), role.key());
            }
        }
    }

    /** As the producer measures a record before it sends it. */
    private static int kafkas(byte[] keyAndValue, Header[] headers) {
        return AbstractRecords.estimateSizeInBytesUpperBound(
                RecordBatch.CURRENT_MAGIC_VALUE, CompressionType.NONE, keyAndValue, keyAndValue, headers);
    }
}
