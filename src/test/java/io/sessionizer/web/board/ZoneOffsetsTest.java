package io.sessionizer.web.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ZoneOffsetsTest {
    private static final Instant NOVEMBER = Instant.parse("2026-11-24T02:10:00Z");

    @Test
    void areThoseOfFewBoards() {
        long boards = TimeZones.names().stream()
                .map(name -> ZoneOffsets.of(ZoneId.of(name), NOVEMBER))
                .distinct()
                .count();
        assertTrue(boards < 60, "boards: " + boards);
    }

    /** Of every zone and every quarter of a day that a board has. */
    @Test
    void areEqualOnlyOfZonesWhoseClocksAgreeInTheDaysOfABoard() {
        for (Instant now : new Instant[] {NOVEMBER, Instant.parse("2026-03-30T12:00:00Z")}) {
            Map<ZoneOffsets, ZoneId> first = new HashMap<>();
            for (String name : TimeZones.names()) {
                ZoneId zone = ZoneId.of(name);
                ZoneId other = first.putIfAbsent(ZoneOffsets.of(zone, now), zone);
                for (int quarter = -4 * 32; other != null && quarter <= 4; quarter++) {
                    Instant at = now.plus(Duration.ofHours(6L * quarter));
                    assertEquals(other.getRules().getOffset(at), zone.getRules().getOffset(at), name);
                }
            }
        }
    }

    @Test
    void differWhereTheClocksHaveChanged() {
        Instant april = Instant.parse("2026-04-10T00:00:00Z");
        // both at +02:00 since the end of March, but only one of them before
        assertNotEquals(
                ZoneOffsets.of(ZoneId.of("Europe/Berlin"), april),
                ZoneOffsets.of(ZoneId.of("Africa/Johannesburg"), april));
        assertEquals(
                ZoneOffsets.of(ZoneId.of("Europe/Berlin"), april), ZoneOffsets.of(ZoneId.of("Europe/Vienna"), april));
    }
}
