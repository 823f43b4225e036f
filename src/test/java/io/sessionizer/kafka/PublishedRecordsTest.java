package io.sessionizer.kafka;

import static io.sessionizer.kafka.StreamDriver.bytes;
import static io.sessionizer.kafka.StreamDriver.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.config.AsyncApi;
import io.sessionizer.kafka.config.SessionizerSettings;
import io.sessionizer.kafka.config.SessionizerSettings.Uncounted;
import io.sessionizer.kafka.config.SessionizerSettings.UserFrom;
import io.sessionizer.kafka.config.TopicRole;
import io.sessionizer.kafka.topics.TopicSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every record that the service writes is described in the published description of its topics. */
class PublishedRecordsTest {
    private static final long MINUTE = TestSettings.MINUTE;
    private static final long ELEVEN = Instant.parse("2016-07-12T11:00:00Z").toEpochMilli();
    private static final String UNSTAMPED = "forwardedEvent";

    private final AsyncApi api = AsyncApi.read();

    @ParameterizedTest
    @EnumSource
    void matchTheDescription_whateverTheInput(UserFrom userFrom) {
        SessionizerSettings settings =
                TestSettings.withSessionsTable(TestSettings.of(userFrom, Uncounted.FORWARD, Map.of()));
        Set<String> describedTopics = new TreeSet<>();
        try (StreamDriver stream = new StreamDriver(settings, ELEVEN)) {
            joinedLateAmendedAndMerged(stream);
            uncountedBrokenAndErased(stream);
            random(stream, new Random(42));
            stream.pollUntil(ELEVEN + 120 * MINUTE);
            aMonthLater(stream);
            for (String topic : outputTopics(settings)) {
                for (TestRecord<byte[], byte[]> record : stream.output(topic)) {
                    describedTopics.add(only(topic, record) + kindOf(record));
                }
            }
            assertTrue(published(stream).stream().allMatch(api.topics()::contains), "A topic is not described");
        }
        assertEquals(expected(), describedTopics);
    }

    @Test
    void areInTopicsThatAreCompacted_whereTheDescriptionSaysSo() {
        SessionizerSettings settings =
                TestSettings.withSessionsTable(TestSettings.of(UserFrom.KEY, Uncounted.DROP, Map.of()));

        for (TopicSpec topic : TopicSpec.all(settings.topics())) {
            assertEquals(topic.isCompacted(), api.isCompacted(topic.name()), topic.name());
        }
    }

    @Test
    void wouldNotBe_withoutTheirHeadersKeysOrFields() {
        RecordHeaders none = new RecordHeaders();
        byte[] event = bytes("{\"evtName\":\"Seen\",\"evtData\":{}}");

        assertEquals(List.of(UNSTAMPED), api.messagesLike("enriched-events", bytes("u"), event, none));
        assertEquals(List.of(), api.messagesLike("enriched-events", bytes("u"), bytes("[]"), none));
        assertEquals(List.of(), api.messagesLike("session-concluded", bytes("u"), event, none));
        assertEquals(List.of(), api.messagesLike("events-dead-letter", null, bytes("{"), none));
        assertEquals(List.of(), api.messagesLike("session-profiles", bytes("u"), bytes("{\"identity\":\"u\"}"), none));
        assertEquals(List.of(), api.messagesLike("sessions", bytes("user-42"), null, none));
        assertEquals(List.of(), api.messagesLike("session-board", bytes("sessionizer/now"), null, none));
        assertEquals(List.of(), api.messagesLike("session-settings", bytes("other"), bytes("{\"active\":true}"), none));
    }

    private static void joinedLateAmendedAndMerged(StreamDriver stream) {
        stream.event("user-1", ELEVEN);
        stream.event("späte \"Grüße\"", ELEVEN - 300 * MINUTE, ELEVEN);
        stream.event("merged", ELEVEN - 15 * MINUTE, ELEVEN);
        stream.pollUntil(ELEVEN + 15 * MINUTE);
        stream.event("merged", ELEVEN + 15 * MINUTE);
        stream.pollUntil(ELEVEN + 50 * MINUTE);
        stream.event("user-1", ELEVEN + 10 * MINUTE, ELEVEN + 50 * MINUTE);
        stream.event("merged", ELEVEN, ELEVEN + 50 * MINUTE);
    }

    private static void uncountedBrokenAndErased(StreamDriver stream) {
        long now = ELEVEN + 50 * MINUTE;
        stream.pipe("user-1", "{\"identity\":\"user-1\",\"type\":\"profile\"}", now);
        stream.pipe(null, "{\"identity\":\"user-1\",\"evtName\":\"App Installed\",\"ts\":\"never\"}", now);
        stream.pipe(
                "user-1", "{\"identity\":\"user-1\",\"evtName\":\"Seen\",\"evtData\":{\"CT Source\":\"API\"}}", now);
        stream.pipe("user-1", "{\"identity\":17,\"evtName\":\"Seen\",\"type\":null,\"evtData\":null}", now);
        stream.pipe("user-1", "{", now);
        stream.pipe("user-1", "", now);
        stream.pipe("user-1", "{\"identity\":\"user-1\"}", now);
        stream.pipe("user-1", "{\"identity\":\"user-1\",\"evtName\":\"Seen\",\"ts\":\"never\"}", now);
        stream.pipe("user-1", "{\"identity\":\"user-1\",\"evtName\":\"Seen\",\"ts\":99999999999}", now);
        stream.pipe("user-1", "{\"identity\":\"user-1\",\"evtName\":\"Seen\",\"evtData\":[]}", now);
        stream.pipe(null, "{\"evtName\":\"Seen\"}", now);
        stream.event("erased", now);
        stream.pipe("erased", null, now);
    }

    /** Users who come and go, some of them late by up to two hours. */
    private static void random(StreamDriver stream, Random random) {
        for (int i = 0; i < 2_000; i++) {
            long now = ELEVEN + 50 * MINUTE + i * 1_000L;
            stream.event("user-" + random.nextInt(50), now - random.nextInt(8) * random.nextInt(16) * MINUTE, now);
            if (i % 100 == 0) {
                stream.pollUntil(now);
            }
        }
    }

    /** Rows of the board are kept for 32 days. */
    private static void aMonthLater(StreamDriver stream) {
        long later = ELEVEN + Duration.ofDays(40).toMillis();
        stream.jumpTo(later);
        stream.event("user-1", later);
        stream.pollUntil(later + MINUTE);
    }

    private String only(String topic, TestRecord<byte[], byte[]> record) {
        List<String> like = api.messagesLike(topic, record.key(), record.value(), record.headers());
        assertEquals(
                1,
                like.size(),
                () -> topic + ": " + text(record.key()) + " " + text(record.value()) + " "
                        + api.violations(topic, record.key(), record.value(), record.headers()));
        return like.get(0);
    }

    private static List<String> outputTopics(SessionizerSettings settings) {
        return List.of(
                settings.topics().name(TopicRole.ENRICHED),
                settings.topics().name(TopicRole.CONCLUDED),
                settings.topics().name(TopicRole.DEAD_LETTER),
                settings.topics().name(TopicRole.PROFILES),
                settings.topics().name(TopicRole.SESSIONS),
                settings.topics().name(TopicRole.BOARD));
    }

    private static Set<String> expected() {
        return Set.of(
                "stampedEvent",
                UNSTAMPED,
                "sessionConcluded",
                "sessionConcluded, amended",
                "sessionConcluded, merged",
                "deadLetter",
                "profile, open",
                "profile, concluded",
                "profileErased",
                "sessionRow",
                "sessionRow, amended",
                "sessionRowRemoved",
                "boardRow",
                "boardRow, now",
                "boardRowRemoved");
    }

    private static String kindOf(TestRecord<byte[], byte[]> record) {
        Map<String, String> kinds = Map.of(
                "\"Merged Into\"", ", merged",
                "\"Revision\":2}", ", amended",
                "\"revision\":2}", ", amended",
                "\"Status\":\"open\"", ", open",
                "\"Status\":\"concluded\"", ", concluded",
                "\"Open Sessions\"", ", now");
        String value = String.valueOf(text(record.value()));
        return kinds.keySet().stream()
                .filter(value::contains)
                // merged at its second revision is published as merged
                .min(Comparator.naturalOrder())
                .map(kinds::get)
                .orElse("");
    }

    /** Without the service's internal topics. */
    private static Set<String> published(StreamDriver stream) {
        return stream.writtenTopics().stream()
                .filter(topic -> !topic.startsWith("sessionizer-"))
                .collect(Collectors.toSet());
    }
}
