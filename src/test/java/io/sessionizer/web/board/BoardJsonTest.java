package io.sessionizer.web.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sessionizer.event.UncountedReason;
import io.sessionizer.event.UncountedReason.EventPart;
import io.sessionizer.session.Published;
import io.sessionizer.stats.OpenCounts;
import io.sessionizer.stats.QuarterHour;
import io.sessionizer.stats.QuarterHourStats;
import io.sessionizer.stats.SessionStats;
import io.sessionizer.stats.StatsRow;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The numbers of the board for known rows. */
class BoardJsonTest {
    private static final String NOW = "2026-11-24T02:10:00.123Z";
    private static final long GAP_MS = 20 * 60_000;

    private final BoardTotals totals = new BoardTotals(GAP_MS);

    @Test
    void isEmptyWithoutRows() throws Exception {
        JsonNode board = board(totals, "UTC");

        assertTrue(board.get("since").isNull());
        assertEquals(
                "{\"today\":0,\"dayBefore\":0,\"weekBefore\":0}",
                board.get("sessions").toString());
        assertEquals(
                "{\"now\":0,\"dayBefore\":null,\"weekBefore\":null}",
                board.get("activeUsers").toString());
        assertEquals(
                "{\"today\":null,\"dayBefore\":null,\"weekBefore\":null}",
                board.get("medianSeconds").toString());
        assertEquals(
                "{\"today\":0,\"dayBefore\":0,\"weekBefore\":0}",
                board.get("totalSeconds").toString());
        assertEquals(0, board.at("/lengths/sessions").intValue());
        assertTrue(board.at("/lengths/medianSeconds").isNull());
        assertTrue(board.at("/lengths/p90Seconds").isNull());
        assertEquals(30, board.get("days").size());
    }

    @Test
    void namesItsTimeAndZone() throws Exception {
        JsonNode board = board(totals, "Asia/Kathmandu");

        assertEquals("Asia/Kathmandu", board.get("zone").textValue());
        assertEquals(NOW, board.get("now").textValue());
        assertEquals("2026-11-24", board.get("today").textValue());
        assertEquals(1200, board.get("gapSeconds").intValue());
        assertEquals("2026-10-26", board.at("/days/0/day").textValue());
        assertEquals("2026-11-24", board.at("/days/29/day").textValue());
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void saysWhetherTrackingIsActive(boolean tracking) throws Exception {
        BoardSummary summary = totals.summary(ZoneId.of("UTC"), Instant.parse(NOW));

        assertEquals(
                tracking,
                json(BoardJson.of("UTC", summary, 1200, new BoardNotices(tracking, Optional.empty())))
                        .get("tracking")
                        .booleanValue());
    }

    @Test
    void namesWhyNearlyAllEventsDoNotCount_whileAnInstanceReportsIt() throws Exception {
        assertTrue(board(totals, "UTC").get("nearlyAllUncounted").isNull());

        totals.accept(new StatsRow.LiveRow(0, OpenCounts.NONE, Optional.empty()));
        totals.accept(new StatsRow.LiveRow(1, OpenCounts.NONE, because("</b>\"\n\u202e")));
        totals.accept(new StatsRow.LiveRow(2, OpenCounts.NONE, because("another")));
        assertEquals(
                "{\"part\":\"type\",\"value\":\"</b>\\\"\ufffd\ufffd\",\"settings\":[\"event.type.field\",\"event.types\"]}",
                board(totals, "UTC").get("nearlyAllUncounted").toString());

        totals.accept(new StatsRow.LiveRow(1, OpenCounts.NONE, Optional.empty()));
        assertEquals(
                "another", board(totals, "UTC").at("/nearlyAllUncounted/value").textValue());
        totals.accept(new StatsRow.LiveRow(2, OpenCounts.NONE, Optional.empty()));
        assertTrue(board(totals, "UTC").get("nearlyAllUncounted").isNull());
    }

    private static Optional<UncountedReason> because(String type) {
        return Optional.of(new UncountedReason(EventPart.TYPE, type));
    }

    @Test
    void addsTheRowsOfAllPartitions() throws Exception {
        count(totals, 0, "2026-11-24T01:00:00Z", 600, 600);
        count(totals, 1, "2026-11-24T01:00:00Z", 600);
        count(totals, 1, "2026-11-23T01:00:00Z", 60);
        count(totals, 0, "2026-11-17T01:00:00Z", 10, 20);

        JsonNode board = board(totals, "UTC");

        assertEquals(
                "{\"today\":3,\"dayBefore\":1,\"weekBefore\":2}",
                board.get("sessions").toString());
        assertEquals(
                "{\"today\":1800,\"dayBefore\":60,\"weekBefore\":30}",
                board.get("totalSeconds").toString());
        assertEquals(
                "{\"today\":600,\"dayBefore\":60,\"weekBefore\":15}",
                board.get("medianSeconds").toString());
        assertEquals(
                "{\"day\":\"2026-11-24\",\"sessions\":3,\"totalSeconds\":1800,\"events\":21,\"medianSeconds\":600,\"p90Seconds\":600}",
                board.at("/days/29").toString());
        assertEquals(
                "{\"day\":\"2026-11-23\",\"sessions\":1,\"totalSeconds\":60,\"events\":7,\"medianSeconds\":60,\"p90Seconds\":60}",
                board.at("/days/28").toString());
        assertEquals(0, board.at("/days/27/sessions").intValue());
    }

    /** Today's sessions end a gap before now at the latest, so an earlier day is counted up to a gap before then. */
    @ParameterizedTest
    @CsvSource({"0, 2", "1200000, 1", "2400000, 0"})
    void comparesWithTheDayBefore_upToAGapBeforeTheSameTime(long gapMs, int sessions) throws Exception {
        BoardTotals counted = new BoardTotals(gapMs);
        count(counted, 0, "2026-11-23T01:30:00Z", 60);
        count(counted, 0, "2026-11-23T01:45:00Z", 60);
        count(counted, 0, "2026-11-23T02:15:00Z", 60);

        JsonNode board = board(counted, "UTC");

        assertEquals(sessions, board.at("/sessions/dayBefore").intValue());
        assertEquals(3, board.at("/days/28/sessions").intValue());
    }

    /** Midnight in Kathmandu is 18:15 in UTC. */
    @ParameterizedTest
    @CsvSource({"UTC, 1, 2", "Asia/Kathmandu, 2, 1"})
    void countsASessionInTheDayOfTheZone(String zone, int today, int yesterday) throws Exception {
        count(totals, 0, "2026-11-23T18:00:00Z", 60);
        count(totals, 0, "2026-11-23T18:15:00Z", 60);
        count(totals, 0, "2026-11-24T01:00:00Z", 60);

        JsonNode board = board(totals, zone);

        assertEquals(today, board.at("/sessions/today").intValue());
        assertEquals(yesterday, board.at("/days/28/sessions").intValue());
    }

    @Test
    void subtractsTheUsersThatBecameActiveSinceTheDayBefore() throws Exception {
        long quarterHour = QuarterHour.of(Instant.parse(NOW).toEpochMilli());
        totals.accept(new StatsRow.QuarterHourRow(0, quarterHour, new QuarterHourStats(new SessionStats(), 30, 6)));
        totals.accept(new StatsRow.QuarterHourRow(0, quarterHour - 98, new QuarterHourStats(new SessionStats(), 1, 1)));
        totals.accept(new StatsRow.LiveRow(0, new OpenCounts(27, 28), Optional.empty()));

        assertEquals(
                "{\"now\":27,\"dayBefore\":3,\"weekBefore\":null}",
                board(totals, "UTC").get("activeUsers").toString());
    }

    @Test
    void sortsTheSessionsOf30DaysByLength() throws Exception {
        count(totals, 0, "2026-11-24T01:00:00Z", 600, 600, 600);
        count(totals, 0, "2026-10-26T00:00:00Z", 600);
        count(totals, 0, "2026-10-25T23:45:00Z", 600);

        JsonNode lengths = board(totals, "UTC").get("lengths");

        assertEquals(4, lengths.get("sessions").intValue());
        assertEquals(600, lengths.get("medianSeconds").intValue());
        assertEquals(600, lengths.get("p90Seconds").intValue());
        for (JsonNode lengthClass : lengths.get("classes")) {
            boolean holdsThem = lengthClass.get("fromSeconds").intValue() <= 600
                    && (lengthClass.get("toSeconds").isNull()
                            || lengthClass.get("toSeconds").intValue() > 600);
            assertEquals(holdsThem ? 4 : 0, lengthClass.get("sessions").intValue(), lengthClass.toString());
        }
    }

    @Test
    void knowsWhenItsCountsBegin_alsoIfThatIsBeforeItsDays() throws Exception {
        count(totals, 0, LocalDate.parse("2026-11-24").minusDays(31) + "T12:00:00Z", 60);

        JsonNode board = board(totals, "UTC");

        assertEquals(0, board.at("/lengths/sessions").intValue());
        assertEquals("2026-10-24T12:00:00Z", board.get("since").textValue());
    }

    /** A row with a session of 7 events for each of these lengths. */
    private static void count(BoardTotals totals, int partition, String quarterHour, long... seconds) {
        SessionStats stats = new SessionStats();
        for (long length : seconds) {
            stats.count(new Published(0, length * 1000, 7));
        }
        long number = QuarterHour.of(Instant.parse(quarterHour).toEpochMilli());
        totals.accept(new StatsRow.QuarterHourRow(partition, number, new QuarterHourStats(stats, 0, 0)));
    }

    private static JsonNode board(BoardTotals totals, String zone) throws IOException {
        BoardNotices notices = new BoardNotices(true, totals.nearlyAllUncounted());
        return json(BoardJson.of(zone, totals.summary(ZoneId.of(zone), Instant.parse(NOW)), GAP_MS / 1000, notices));
    }

    private static JsonNode json(byte[] document) throws IOException {
        return new ObjectMapper().readTree(document);
    }
}
