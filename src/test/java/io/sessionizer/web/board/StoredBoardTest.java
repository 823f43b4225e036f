package io.sessionizer.web.board;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sessionizer.StoredEntries;
import io.sessionizer.record.StatsRowCodec;
import io.sessionizer.stats.SessionStats;
import io.sessionizer.stats.StatsRow;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The board topic's rows as they have always been written, read into totals. */
class StoredBoardTest {
    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final Instant NOW = Instant.parse("2026-03-07T13:20:00Z");

    @ParameterizedTest
    @ValueSource(strings = {"board-topic", "board-topic-version-3"})
    void readsRowsOfEveryKind(String fixture) throws IOException {
        Map<String, Integer> kinds = new TreeMap<>();
        for (StatsRow row : rows(fixture)) {
            String kind = row instanceof StatsRow.QuarterHourRow
                    ? "counted"
                    : row instanceof StatsRow.LiveRow ? "now" : "removed";
            kinds.merge(kind, 1, Integer::sum);
        }
        assertEquals(Map.of("counted", 47, "now", 18, "removed", 2), kinds);
    }

    @ParameterizedTest
    @ValueSource(strings = {"board-topic", "board-topic-version-3"})
    void addsThemUp(String fixture) throws IOException {
        BoardTotals totals = new BoardTotals(20 * 60_000);
        for (StatsRow row : rows(fixture)) {
            totals.accept(row);
        }
        BoardSummary summary = totals.summary(UTC, NOW);
        assertEquals(0, summary.activeUsers());
        assertEquals(OptionalLong.of(12), summary.comparisons().dayBefore().activeUsers());
        assertEquals(
                List.of(
                        "1 sessions, 0 s, 1 events",
                        "18 sessions, 9720 s, 36 events",
                        "27 sessions, 12600 s, 59 events"),
                List.of(
                        text(summary.today()),
                        text(summary.comparisons().dayBefore().stats()),
                        text(summary.last30Days())));
    }

    private static List<StatsRow> rows(String fixture) throws IOException {
        List<StatsRow> rows = new ArrayList<>();
        for (StoredEntries.StoredEntry entry : StoredEntries.read(fixture).list()) {
            rows.add(StatsRowCodec.read("sessionizer", entry.key(), entry.value())
                    .orElseThrow());
        }
        return rows;
    }

    private static String text(SessionStats figures) {
        return figures.sessions() + " sessions, " + figures.lengthSeconds() + " s, " + figures.events() + " events";
    }
}
