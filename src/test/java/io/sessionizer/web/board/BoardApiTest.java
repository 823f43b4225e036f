package io.sessionizer.web.board;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.event.UncountedReason;
import io.sessionizer.event.UncountedReason.EventPart;
import io.sessionizer.stats.OpenCounts;
import io.sessionizer.stats.StatsRow;
import io.sessionizer.web.http.RequestTarget;
import io.sessionizer.web.http.WebRequest;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A board that is requested often is rarely rebuilt, and never returned when it is outdated. */
class BoardApiTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-24T02:10:00.100Z"));
    private final AtomicBoolean tracking = new AtomicBoolean(true);
    private final BoardTotals totals = new BoardTotals(20 * 60_000);
    private final BoardApi api = new BoardApi(new BoardSource(totals, 1200, clock()), tracking::get, ZoneOffset.UTC);

    @Test
    void isRebuiltOnceASecond_whileNothingChanges() {
        byte[] first = board("UTC");
        at("2026-11-24T02:10:00.999Z");
        assertArrayEquals(first, board("UTC"));
        at("2026-11-24T02:10:01.000Z");
        assertTrue(text(board("UTC")).contains("\"now\":\"2026-11-24T02:10:01Z\""), text(board("UTC")));
    }

    @Test
    void isRebuiltWithinAFifthOfASecond_whenRowsHaveArrived() {
        byte[] first = board("UTC");
        totals.accept(new StatsRow.LiveRow(0, new OpenCounts(7, 7), Optional.empty()));
        at("2026-11-24T02:10:00.299Z");
        assertArrayEquals(first, board("UTC"));
        at("2026-11-24T02:10:00.300Z");
        assertTrue(text(board("UTC")).contains("\"activeUsers\":{\"now\":7,"), text(board("UTC")));
    }

    @Test
    void isRebuiltImmediately_whenTheSwitchOrTheClockIsSet() {
        board("UTC");
        tracking.set(false);
        assertTrue(text(board("UTC")).contains("\"tracking\":false"));

        totals.accept(new StatsRow.LiveRow(0, new OpenCounts(8, 8), Optional.empty()));
        at("2026-11-24T02:10:00.050Z");
        assertTrue(text(board("UTC")).contains("\"activeUsers\":{\"now\":8,"));
    }

    @Test
    void isRebuiltImmediately_whenNearlyAllEventsDoNotCount() {
        assertTrue(text(board("UTC")).contains("\"nearlyAllUncounted\":null"));
        UncountedReason reason = new UncountedReason(EventPart.SOURCE, "API");
        totals.accept(new StatsRow.LiveRow(0, OpenCounts.NONE, Optional.of(reason)));
        assertTrue(
                text(board("UTC")).contains("\"nearlyAllUncounted\":{\"part\":\"source\",\"value\":\"API\""),
                text(board("UTC")));
    }

    /** So a client that asks for one zone after the other makes the service compute few. */
    @Test
    void isSharedByZonesWhoseClocksAgree() {
        String berlin = text(board("Europe/Berlin"));
        byte[] utc = board("UTC");
        at("2026-11-24T02:10:00.999Z");
        TimeZones.names().forEach(this::board);

        assertEquals(berlin.replace("Europe/Berlin", "Europe/Vienna"), text(board("Europe/Vienna")));
        assertArrayEquals(utc, board("UTC"), "all zones fit the cache");
    }

    @Test
    void acceptsOnlyTheZonesItLists() {
        assertTrue(TimeZones.names()
                .containsAll(List.of("UTC", "Europe/Berlin", "Asia/Kathmandu", "Australia/Lord_Howe")));
        for (String zone : List.of("", "Z", "+01:00", "UTC+1", "europe/berlin", "SystemV/PST8", "Mars/Base")) {
            assertTrue(TimeZones.find(zone).isEmpty(), zone);
        }
        assertEquals("{\"zones\":[\"Africa/Abidjan\",", text(api.zones().body()).substring(0, 27));
    }

    private byte[] board(String zone) {
        WebRequest request = new WebRequest(
                "GET",
                new RequestTarget("/api/board", "zone=" + zone.replace("+", "%2B")),
                Map.of(),
                InetAddress.getLoopbackAddress(),
                new byte[0]);
        return api.board(request).body();
    }

    private void at(String time) {
        now.set(Instant.parse(time));
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }

    private Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now.get();
            }
        };
    }
}
