package io.sessionizer.kafka.task;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sessionizer.kafka.StreamDriver;
import io.sessionizer.record.StatsRowCodec;
import io.sessionizer.session.Published;
import io.sessionizer.stats.QuarterHour;
import io.sessionizer.stats.SessionStats;
import io.sessionizer.stats.StatsRow;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.streams.test.TestRecord;

/** What a reader of the topics knows: the board's latest rows, and, counted again, each session's latest revision. */
final class StatsTopicReader {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final StreamDriver stream;
    private final Map<Long, StatsRow.QuarterHourRow> rows = new TreeMap<>();
    private Optional<StatsRow.LiveRow> now = Optional.empty();
    private final Map<String, JsonNode> latest = new HashMap<>();
    private final Set<String> erased = new HashSet<>();

    StatsTopicReader(StreamDriver stream) {
        this.stream = stream;
    }

    /** Reads what has been written since the last call. */
    void read() {
        for (TestRecord<byte[], byte[]> record : stream.board()) {
            StatsRow row = StatsRowCodec.read("sessionizer", record.key(), record.value())
                    .orElseThrow(() -> new AssertionError("not a row: " + StreamDriver.text(record.key())));
            if (row instanceof StatsRow.QuarterHourRow counted) {
                rows.put(counted.quarterHour(), counted);
            } else if (row instanceof StatsRow.ExpiredRow removed) {
                rows.remove(removed.quarterHour());
            } else if (row instanceof StatsRow.LiveRow each) {
                now = Optional.of(each);
            }
        }
        for (TestRecord<byte[], byte[]> record : stream.concluded()) {
            try {
                JsonNode data = JSON.readTree(record.value()).path("evtData");
                JsonNode former = latest.put(data.path("Session ID").textValue(), JSON.readTree(record.value()));
                int before = former == null
                        ? 0
                        : former.path("evtData").path("Revision").intValue();
                assertEquals(before + 1, data.path("Revision").intValue());
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** This session's user was erased while the session was remembered. */
    void erased(String id) {
        erased.add(id);
    }

    /** The user was erased while all sessions read so far were remembered. */
    void erasedUser(String user) {
        latest.forEach((id, conclusion) -> {
            if (conclusion.path("identity").textValue().equals(user)) {
                erased.add(id);
            }
        });
    }

    /** Forgets the board's rows, not the conclusions. */
    void forgetRows() {
        rows.clear();
    }

    /** The figures of each quarter-hour from {@code from} on, counted again from the conclusions. */
    Map<Long, SessionStats> recount(long from) {
        Map<Long, SessionStats> counted = new TreeMap<>();
        latest.forEach((id, conclusion) -> {
            JsonNode data = conclusion.path("evtData");
            long end = conclusion.path("ts").longValue() * 1000;
            if (!erased.contains(id) && data.path("Event Count").longValue() > 0 && QuarterHour.of(end) >= from) {
                counted.computeIfAbsent(QuarterHour.of(end), quarter -> new SessionStats())
                        .count(new Published(
                                0,
                                data.path("Session Length").longValue() * 1000,
                                data.path("Event Count").longValue()));
            }
        });
        return counted;
    }

    /** The figures of each quarter-hour as the board has them; empty ones left out. */
    Map<Long, SessionStats> stats() {
        Map<Long, SessionStats> figures = new TreeMap<>();
        rows.forEach((quarter, row) -> {
            if (!row.stats().sessions().isEmpty()) {
                figures.put(quarter, row.stats().sessions());
            }
        });
        return figures;
    }

    Map<Long, StatsRow.QuarterHourRow> rows() {
        return rows;
    }

    /** Of the quarter-hour that begins then: the users who became active, and those that became inactive. */
    List<Long> comingAndGoing(long start) {
        StatsRow.QuarterHourRow row = rows.get(QuarterHour.of(start));
        return List.of(row.stats().becameActive(), row.stats().becameInactive());
    }

    /** The users that were active when the quarter-hour began, as the rows have it. */
    long activeBefore(long start) {
        long since = rows.values().stream()
                .filter(row -> QuarterHour.start(row.quarterHour()) >= start)
                .mapToLong(row -> row.stats().growth())
                .sum();
        return now.orElseThrow().open().activeUsers() - since;
    }

    Optional<StatsRow.LiveRow> now() {
        return now;
    }
}
