package io.sessionizer.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sessionizer.session.Conclusion;
import io.sessionizer.session.Session;
import io.sessionizer.session.SessionIdForm;
import io.sessionizer.session.Timeline;
import io.sessionizer.session.history.History;
import io.sessionizer.session.history.HistoryReplay;
import io.sessionizer.session.history.HistoryStep;
import io.sessionizer.session.history.RandomHistories;
import io.sessionizer.session.history.RandomTrials;
import io.sessionizer.session.history.SessionsByDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The latest rows are the sessions, whatever happens to a user. Random histories, loaded as an upsert, are compared
 * with the definition of a session and with a brute-force reference; {@code -Dhistories=} sets their number.
 */
class SessionRowPropertyTest {
    private static final int HISTORIES = Integer.getInteger("histories", 120_000) / 4;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The table as a consumer loads it, without any session logic. */
    private static final class UpsertedRows implements HistoryReplay.TableListener {
        private final SessionRowWriter writer = new SessionRowWriter();
        final Map<String, JsonNode> rows = new HashMap<>();

        @Override
        public void concluded(byte[] user, Conclusion conclusion) {
            String key = key(user, conclusion.session());
            writer.value(user, conclusion).ifPresentOrElse(value -> rows.put(key, json(value)), () -> rows.remove(key));
        }

        @Override
        public void erased(byte[] user, Timeline remembered) {
            remembered.sessions().forEach(session -> rows.remove(key(user, session)));
        }

        private String key(byte[] user, Session session) {
            return new String(writer.key(user, session.id()), StandardCharsets.UTF_8);
        }

        private static JsonNode json(byte[] value) {
            try {
                return JSON.readTree(value);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Test
    void areTheSortedEventsSessions_whateverTheOrderAndTheFormOfIds() {
        int[] merged = new int[1];
        RandomTrials.forAll(HISTORIES, RandomHistories::remembered, history -> {
            UpsertedRows table = new UpsertedRows();
            HistoryReplay replay = HistoryReplay.of(history, form(history), table);
            Set<List<Long>> expected = SessionsByDefinition.of(
                            times(history), history.rules().gapMs())
                    .stream()
                    .map(session -> List.of(session.get(0), session.get(session.size() - 1), (long) session.size()))
                    .collect(Collectors.toSet());
            assertEquals(expected, starts(table));
            merged[0] += replay.revisions().stream()
                            .anyMatch(each -> each.mergedInto().isPresent())
                    ? 1
                    : 0;
        });
        assertTrue(merged[0] > HISTORIES / 20, "histories with merges. Found: " + merged[0]);
    }

    @Test
    void areTheSessionsThatThereHaveBeen_whereSomeAreForgottenEvictedMergedAndErased() {
        int[] erased = new int[1];
        RandomTrials.forAll(HISTORIES, RandomHistories::eventful, history -> {
            UpsertedRows table = new UpsertedRows();
            HistoryReplay replay = HistoryReplay.of(history, SessionIdForm.UUID, table);
            assertEquals(replay.sessions().stream().map(Object::toString).collect(Collectors.toSet()), ids(table));
            erased[0] += history.steps().stream().anyMatch(step -> step.kind() == HistoryStep.StepKind.ERASURE) ? 1 : 0;
        });
        assertTrue(erased[0] > HISTORIES / 20, "histories with erasures. Found: " + erased[0]);
    }

    /** Ids in milliseconds are unique with any gap, as long as nothing is forgotten. */
    private static SessionIdForm form(History history) {
        return history.events() % 2 == 0 ? SessionIdForm.UUID : SessionIdForm.EPOCH_MILLIS;
    }

    private static List<Long> times(History history) {
        return history.steps().stream()
                .filter(HistoryStep::isEvent)
                .map(HistoryStep::time)
                .toList();
    }

    /** Start, end and number of events of each row. */
    private static Set<List<Long>> starts(UpsertedRows table) {
        Set<List<Long>> sessions = new HashSet<>();
        for (JsonNode row : table.rows.values()) {
            assertEquals((end(row) - start(row)) / 1000, row.get("length_s").asLong(), row::toString);
            sessions.add(List.of(start(row), end(row), row.get("event_count").asLong()));
        }
        return sessions;
    }

    /** The same with the id, as text. */
    private static Set<String> ids(UpsertedRows table) {
        return table.rows.values().stream()
                .map(row -> List.of(
                                row.get("session_id").asText(),
                                start(row),
                                end(row),
                                row.get("event_count").asLong())
                        .toString())
                .collect(Collectors.toSet());
    }

    private static long start(JsonNode row) {
        return row.get("started_at").asLong();
    }

    private static long end(JsonNode row) {
        return row.get("ended_at").asLong();
    }
}
