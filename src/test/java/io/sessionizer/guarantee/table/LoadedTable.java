package io.sessionizer.guarantee.table;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The sessions table as a sink connector loads it: an upsert by the record's key, without any logic of sessions. */
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
            assertEquals(read.session_id(), key);
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

    /** How many records it was loaded from. */
    int records() {
        return records;
    }
}
