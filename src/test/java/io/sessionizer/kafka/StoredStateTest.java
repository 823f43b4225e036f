package io.sessionizer.kafka;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.StoredEntries;
import io.sessionizer.kafka.config.NodeNames;
import io.sessionizer.kafka.config.SessionizerSettings.UserFrom;
import io.sessionizer.kafka.state.CacheBudget;
import io.sessionizer.kafka.state.DeadlineQueue;
import io.sessionizer.record.TimelineCodec;
import io.sessionizer.session.LegacySessionId;
import io.sessionizer.session.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A service that starts with state stored by an earlier one behaves as that one would have. */
class StoredStateTest {
    private static final Pattern UUID_TEXT =
            Pattern.compile("(\\p{XDigit}{8}-\\p{XDigit}{4})(?:-\\p{XDigit}{4}){2}-\\p{XDigit}{12}");
    private static final Pattern IDENTITY = Pattern.compile("\"identity\":\"([^\"]*)\"");

    /** All that is published of each user, in order; and the board's latest rows, since it may publish the same row twice. */
    private record PublishedRecords(
            List<String> enriched, List<String> concluded, List<String> profiles, Map<String, String> board) {
        static PublishedRecords by(StreamDriver stream) {
            Map<String, String> board = new TreeMap<>();
            stream.board()
                    .forEach(row ->
                            board.put(StreamDriver.text(row.key()), String.valueOf(StreamDriver.text(row.value()))));
            return new PublishedRecords(
                    texts(stream.enriched()), texts(stream.concluded()), texts(stream.profiles()), board);
        }

        /** By user: what is due at the same time concludes in any order. */
        private static List<String> texts(List<TestRecord<byte[], byte[]>> records) {
            return records.stream()
                    .sorted(Comparator.comparing(record -> StreamDriver.text(record.key())))
                    .map(PublishedRecords::text)
                    .toList();
        }

        /** The time of an erasure is left out: it is of the wall clock. */
        private static String text(TestRecord<byte[], byte[]> record) {
            String headers = Stream.of(record.headers().toArray())
                    .map(header -> header.key() + "=" + StreamDriver.text(header.value()))
                    .collect(Collectors.joining(" "));
            return StreamDriver.text(record.key()) + " " + StreamDriver.text(record.value()) + " "
                    + (record.value() == null ? "" : record.timestamp()) + " " + headers;
        }

        String text() {
            return text("");
        }

        /** @param row a key of the board's rows, or its beginning; without the other rows */
        String text(String row) {
            Map<String, String> rows = new TreeMap<>(board);
            rows.keySet().removeIf(key -> !key.startsWith(row));
            return Stream.of(enriched, concluded, profiles, rows.entrySet())
                    .flatMap(Collection::stream)
                    .map(each -> each + "\n")
                    .collect(Collectors.joining());
        }
    }

    @ParameterizedTest
    @EnumSource(UserFrom.class)
    void resumesAsIfItHadNeverStopped(UserFrom userFrom) throws IOException {
        Map<String, String> ids = new HashMap<>();
        legacyIdsAtCut().keySet().forEach(id -> ids.put(id, id));
        assertEquals(
                withIds(withoutCut(userFrom).text(), ids),
                withIds(fromStored(userFrom, "timelines", "board", "deadlines").text(), ids));
    }

    @ParameterizedTest
    @EnumSource(UserFrom.class)
    void resumesFromTimelinesOfVersion3(UserFrom userFrom) throws IOException {
        assertSameWithLegacyIds(
                withoutCut(userFrom).text(),
                fromStored(userFrom, "timelines-version-3", "board-version-1", "deadlines")
                        .text());
    }

    @ParameterizedTest
    @EnumSource(UserFrom.class)
    void resumesFromTimelinesOfVersion2(UserFrom userFrom) throws IOException {
        assertSameWithLegacyIds(
                withoutCut(userFrom).text(),
                fromStored(userFrom, "timelines-version-2", "board-version-1").text());
    }

    /** Version 1 had no statistics, and did not store what was published of a reopened session. */
    @ParameterizedTest
    @EnumSource(UserFrom.class)
    void resumesFromTimelinesOfVersion1(UserFrom userFrom) throws IOException {
        String row = "sessionizer/0/now";
        assertSameWithLegacyIds(
                withoutCut(userFrom).text(row),
                fromStored(userFrom, "timelines-version-1").text(row));
    }

    /** Sessions keep the ids that they were opened with. */
    private static void assertSameWithLegacyIds(String whole, String from) throws IOException {
        Map<String, String> legacyIds = legacyIdsAtCut();
        Map<String, String> unchanged = new HashMap<>();
        legacyIds.values().forEach(id -> unchanged.put(id, id));
        assertEquals(withIds(whole, legacyIds), withIds(from, unchanged));
    }

    /** The ids that an earlier version has computed for the sessions of the cut, by those that they have now. */
    private static Map<String, String> legacyIdsAtCut() throws IOException {
        Map<String, String> ids = new HashMap<>();
        for (StoredEntries.StoredEntry entry : StoredEntries.read("timelines").list()) {
            List<Session> sessions = entry.key().length == 0
                    ? List.of()
                    : TimelineCodec.decode(entry.key(), entry.value()).sessions();
            sessions.forEach(session -> ids.put(
                    session.id().toString(),
                    LegacySessionId.of(entry.key(), session.openedAt()).toString()));
        }
        assertTrue(ids.size() > 10, "sessions of the cut. Found: " + ids.size());
        return ids;
    }

    /** Of the ids that are not in the map only the time: the driver that starts at the cut counts offsets from 0. */
    private static String withIds(String text, Map<String, String> ids) {
        return UUID_TEXT.matcher(text).replaceAll(id -> ids.getOrDefault(id.group(), id.group(1)));
    }

    /** The other tests compare two runs: they say nothing if nothing happens in either. */
    @Test
    void extendsAmendsMergesConcludesAndCorrects() {
        PublishedRecords after = withoutCut(UserFrom.KEY);
        assertEquals(20, after.enriched().size());
        assertEquals(1, count(after.concluded(), "\"Merged Into\""));
        assertTrue(count(after.concluded(), "\"Revision\":1}") > 3, "open ones conclude");
        assertTrue(count(after.concluded(), "\"Revision\":2}") > 3, "remembered ones are amended");
        assertTrue(count(after.profiles(), " null ") > 0, "one is erased");
        assertTrue(after.board().size() > 10, "rows are corrected");
    }

    private static long count(List<String> records, String part) {
        return records.stream().filter(record -> record.contains(part)).count();
    }

    @ParameterizedTest
    @ValueSource(strings = {"timelines", "timelines-version-1", "timelines-version-2", "timelines-version-3"})
    void holdsRichStateInEveryVersion(String name) throws IOException {
        Set<String> states = StoredEntries.read(name).list().stream()
                .filter(entry -> entry.key().length > 0)
                .flatMap(entry -> TimelineCodec.decode(entry.key(), entry.value()).sessions().stream())
                .map(session -> (session.isOpen() ? "open " : "concluded ")
                        + session.revision()
                        + (session.lastPublished().isNone() ? "" : " told"))
                .collect(Collectors.toSet());
        String again = name.endsWith("1") ? "" : " told";
        assertEquals(Set.of("open 0", "open 1" + again, "concluded 1", "concluded 2", "concluded 3"), states);
    }

    @Test
    void takesStoredDeadlinesOutInTheirOrder() throws IOException {
        StoredEntries stored = StoredEntries.read("deadlines");
        try (StreamDriver stream = StoredInput.atCut(UserFrom.KEY)) {
            KeyValueStore<byte[], byte[]> store = stream.store(NodeNames.DEADLINES);
            put(store, stored);
            DeadlineQueue deadlines = new DeadlineQueue(store, new CacheBudget(1 << 20));
            Set<String> users = new HashSet<>();
            for (StoredEntries.StoredEntry entry : stored.list()) {
                assertTrue(deadlines.hasDue(Long.MAX_VALUE));
                DeadlineQueue.Deadline due = deadlines.poll();
                assertEquals(ByteBuffer.wrap(entry.key()).getLong(), due.time());
                users.add(StreamDriver.text(due.user()));
            }
            assertFalse(deadlines.hasDue(Long.MAX_VALUE));
            assertTrue(users.containsAll(Set.of("ann", "🦊", "Зоя in a year", "日本-太郎 in 5 minutes")));
            assertEquals(stored.list().size(), users.size());
        }
    }

    /** Records of the repartition topic that were not read before the stop. */
    @ParameterizedTest
    @ValueSource(strings = {"by-user-topic", "by-user-topic-version-2"})
    void readsTheRepartitionTopic(String fixture) throws IOException {
        PublishedRecords direct = beforeCut();
        try (StreamDriver stream = StoredInput.atCut(UserFrom.PAYLOAD)) {
            assertEquals(direct.text(), fromRepartitioned(stream, fixture).text());
            assertEquals(
                    StoredEntries.read("timelines").toString(),
                    StoredBytesWriter.store(stream, NodeNames.TIMELINES).toString());
        }
    }

    /** Without the offset a session gets the id that the earlier version would have given it. */
    @Test
    void readsTheRepartitionTopicOfVersion1() throws IOException {
        PublishedRecords direct = beforeCut();
        Map<String, String> ids = new HashMap<>();
        for (String event : direct.enriched()) {
            Matcher user = IDENTITY.matcher(event);
            Matcher id = UUID_TEXT.matcher(event);
            if (user.find() && id.find()) {
                long openedAt = UUID.fromString(id.group()).getMostSignificantBits() >>> 16;
                ids.put(
                        id.group(),
                        LegacySessionId.of(StreamDriver.bytes(user.group(1)), openedAt)
                                .toString());
            }
        }
        try (StreamDriver stream = StoredInput.atCut(UserFrom.PAYLOAD)) {
            PublishedRecords read = fromRepartitioned(stream, "by-user-topic-version-1");
            assertEquals(withIds(direct.text(), ids), read.text());
        }
    }

    private static PublishedRecords beforeCut() {
        try (StreamDriver stream = StoredInput.atFirst(UserFrom.PAYLOAD)) {
            new StoredInput(stream).beforeCut();
            // rows that were not written at the cut
            stream.pollUntil(StoredInput.CUT + 1_000);
            return PublishedRecords.by(stream);
        }
    }

    private static PublishedRecords fromRepartitioned(StreamDriver stream, String fixture) throws IOException {
        // or the source publishes its clock between the records
        stream.caughtUp(false);
        StoredBytesWriter.pipeRepartitioned(stream, StoredEntries.read(fixture));
        return PublishedRecords.by(stream);
    }

    private static PublishedRecords withoutCut(UserFrom userFrom) {
        try (StreamDriver stream = StoredInput.atFirst(userFrom)) {
            StoredInput input = new StoredInput(stream);
            input.beforeCut();
            PublishedRecords.by(stream);
            input.afterCut();
            return PublishedRecords.by(stream);
        }
    }

    /** @param fixtures named as their stores, with or without a version */
    private static PublishedRecords fromStored(UserFrom userFrom, String... fixtures) throws IOException {
        try (StreamDriver stream = StoredInput.atCut(userFrom)) {
            for (String fixture : fixtures) {
                put(stream.store(fixture.replaceFirst("-version-.", "")), StoredEntries.read(fixture));
            }
            stream.restart();
            new StoredInput(stream).afterCut();
            return PublishedRecords.by(stream);
        }
    }

    private static void put(KeyValueStore<byte[], byte[]> store, StoredEntries entries) {
        entries.list().forEach(entry -> store.put(entry.key(), entry.value()));
        entries.list().forEach(entry -> assertArrayEquals(entry.value(), store.get(entry.key())));
    }
}
