package io.sessionizer.guarantee.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sessionizer.guarantee.support.ReferenceSessions.ReferenceSession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The sessions table as a sink connector loads it: an upsert by the record's key, without any session logic. */
final class LoadedTable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, Optional<SessionRow>> latest = new HashMap<>();
    private final Map<String, Integer> partitions = new HashMap<>();
    private int records;

    /**
     * A row; its components are named as in the JSON.
     *
     * @param started_at epoch ms
     * @param ended_at epoch ms
     */
    record SessionRow(
            String session_id,
            String user_id,
            long started_at,
            long ended_at,
            long length_s,
            long event_count,
            int revision) {}

    private LoadedTable() {}

    static LoadedTable of(List<ConsumerRecord<byte[], byte[]>> records) throws IOException {
        LoadedTable table = new LoadedTable();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            table.load(record);
        }
        return table;
    }

    private void load(ConsumerRecord<byte[], byte[]> record) throws IOException {
        String key = new String(record.key(), StandardCharsets.UTF_8);
        Optional<SessionRow> row = Optional.empty();
        if (record.value() != null) {
            SessionRow read = JSON.readValue(record.value(), SessionRow.class);
            boolean hasUser = key.equals(read.user_id() + "|" + read.session_id());
            assertTrue(hasUser || key.equals(read.session_id()), () -> key + ": must be the key of " + read);
            assertEquals(read.ended_at(), record.timestamp(), read::toString);
            row = Optional.of(read);
        }
        // otherwise the order of its records would be unknown
        assertEquals(record.partition(), partitions.computeIfAbsent(key, first -> record.partition()), key);
        latest.put(key, row);
        records++;
    }

    List<SessionRow> rows() {
        List<SessionRow> rows = new ArrayList<>();
        latest.values().forEach(row -> row.ifPresent(rows::add));
        return rows;
    }

    /** Keys whose latest value is null. */
    int deleted() {
        return latest.size() - rows().size();
    }

    /** The number of records that it was loaded from. */
    int records() {
        return records;
    }

    /** The rows are these sessions: user, start, end, length and number of events. */
    void requireSessions(List<ReferenceSession> sessions) {
        requireSame(
                sessions.stream()
                        .map(session -> List.of(
                                session.user(),
                                session.start(),
                                session.end(),
                                (session.end() - session.start()) / 1000,
                                session.events().size())),
                rows().stream()
                        .map(row -> List.of(
                                row.user_id(), row.started_at(), row.ended_at(), row.length_s(), row.event_count())));
    }

    static void requireSame(Stream<List<?>> expected, Stream<List<?>> found) {
        Set<String> missing = asText(expected);
        Set<String> more = asText(found);
        Set<String> both = new TreeSet<>(missing);
        both.retainAll(more);
        missing.removeAll(both);
        more.removeAll(both);
        assertEquals("missing [], instead []", "missing " + first(missing) + ", instead " + first(more));
    }

    private static Set<String> asText(Stream<List<?>> rows) {
        Set<String> text = new TreeSet<>();
        rows.forEach(row -> assertTrue(text.add(row.toString()), () -> row + ": must be there once"));
        return text;
    }

    private static List<String> first(Set<String> rows) {
        return rows.stream().limit(5).toList();
    }
}
