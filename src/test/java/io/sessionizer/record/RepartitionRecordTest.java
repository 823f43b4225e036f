package io.sessionizer.record;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sessionizer.event.StampableEvent;
import io.sessionizer.event.StampableEvent.Place;
import io.sessionizer.record.RepartitionRecord.InputOffset;
import io.sessionizer.session.EventOrigin;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RepartitionRecordTest {
    private static final byte[] VALUE = "{\"evtName\":\"x\"}".getBytes(StandardCharsets.UTF_8);

    @Test
    void readsBackWhatItWrote() {
        for (RepartitionRecord.RepartitionKind kind : RepartitionRecord.RepartitionKind.values()) {
            for (Place place : Place.values()) {
                byte[] value = new byte[70_001];
                Arrays.fill(value, (byte) 'x');
                RepartitionRecord record = new RepartitionRecord(
                        kind,
                        new InputOffset(4711, 1L << 60),
                        253_402_300_799_999L,
                        1_468_308_340_123L,
                        new StampableEvent(value, place, 2, 200, 70_000));
                RepartitionRecord read = RepartitionRecord.fromBytes(record.toBytes());
                assertArrayEquals(record.toBytes(), read.toBytes());
                StampableEvent event = new StampableEvent(read.event().value(), place, 2, 200, 70_000);
                assertEquals(
                        new RepartitionRecord(kind, record.source(), record.clockMs(), record.timeMs(), event), read);
                assertArrayEquals(value, event.value());
            }
        }
    }

    @Test
    void carriesAClockThatIsNotSetYet() {
        assertEquals(
                -1,
                RepartitionRecord.fromBytes(RepartitionRecord.of(RepartitionRecord.RepartitionKind.CLOCK, 0, -1)
                                .toBytes())
                        .clockMs());
    }

    /** What an older instance has written to the topic must be read by every later version. */
    @Test
    void readsVersion1_whichHasNoOffset() {
        RepartitionRecord record = RepartitionRecord.fromBytes(HexFormat.of()
                .parseHex(
                        "01000403a1fafcefdd2a9bfbfcefdd2a0903" + HexFormat.of().formatHex(VALUE)));
        assertEquals(new InputOffset(3, EventOrigin.NO_OFFSET), record.source());
        assertEquals(RepartitionRecord.RepartitionKind.EVENT, record.kind());
        assertEquals(1_468_308_340_000L, record.clockMs());
        assertEquals(1_468_308_340_123L, record.timeMs());
        assertArrayEquals(VALUE, record.event().value());
        assertEquals(new StampableEvent(record.event().value(), Place.STAMPED, 1, 9, 12), record.event());
    }

    /** Up to version 2, the session id was a property of the data, and the place recorded whether there was data. */
    @ParameterizedTest
    @CsvSource({
        "00, AFTER_PROPERTY, 2",
        "01, NULL_VALUE, 1",
        "02, EMPTY_OBJECT, 1",
        "03, AFTER_PROPERTY, 1",
        "04, STAMPED, 1"
    })
    void readsThePlacesOfVersion2(String place, Place now, int missing) {
        RepartitionRecord record = RepartitionRecord.fromBytes(HexFormat.of()
                .parseHex("0200" + place + "03e824a1fafcefdd2a9bfbfcefdd2a0903"
                        + HexFormat.of().formatHex(VALUE)));
        assertEquals(new InputOffset(3, 4711), record.source());
        assertEquals(new StampableEvent(record.event().value(), now, missing, 9, 12), record.event());
    }

    @Test
    void keepsTheFormatOfVersion3() {
        RepartitionRecord record = new RepartitionRecord(
                RepartitionRecord.RepartitionKind.EVENT,
                new InputOffset(3, 4711),
                1_468_308_340_000L,
                1_468_308_340_123L,
                new StampableEvent(VALUE, Place.STAMPED, 1, 9, 12));
        assertEquals(
                "0300030103e824a1fafcefdd2a9bfbfcefdd2a0903" + HexFormat.of().formatHex(VALUE),
                HexFormat.of().formatHex(record.toBytes()));
    }

    @Test
    void writesAnUncountedEventWithoutAPlaceForTheStamp() {
        assertEquals(
                "030104000300000700" + "00" + HexFormat.of().formatHex(VALUE),
                HexFormat.of()
                        .formatHex(RepartitionRecord.uncounted(3, -1, 7, VALUE).toBytes()));
    }

    /** The order of the places is part of the format: a new one comes last. */
    @Test
    void keepsTheNumbersOfThePlaces() {
        assertEquals("[AFTER_PROPERTY, EMPTY_OBJECT, NULL_VALUE, STAMPED, NOWHERE]", Arrays.toString(Place.values()));
    }

    /** The order of the kinds is part of the format: a new one comes last. */
    @Test
    void keepsTheNumbersOfItsKinds() {
        assertEquals(
                "[EVENT, UNCOUNTED, ERASURE, CLOCK, WALL_CLOCK]",
                Arrays.toString(RepartitionRecord.RepartitionKind.values()));
        assertEquals(
                "03030400060000000000",
                HexFormat.of()
                        .formatHex(RepartitionRecord.of(RepartitionRecord.RepartitionKind.CLOCK, 6, -1)
                                .toBytes()));
    }

    @Test
    void rejectsAnUnknownVersion() {
        IllegalStateException exception =
                assertThrows(IllegalStateException.class, () -> RepartitionRecord.fromBytes(new byte[] {0, 0, 0, 0}));
        assertEquals("repartition format: must be 1 to 3. Found: 0", exception.getMessage());
    }
}
