package io.sessionizer.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrackingSwitchCodecTest {
    @Test
    void readsAndWritesWhatTheSpecificationShows() {
        assertEquals("{\"active\":true}", new String(TrackingSwitchCodec.write(true), StandardCharsets.UTF_8));
        assertEquals("{\"active\":false}", new String(TrackingSwitchCodec.write(false), StandardCharsets.UTF_8));
        assertEquals(Optional.of(true), TrackingSwitchCodec.read(TrackingSwitchCodec.write(true)));
        assertEquals(Optional.of(false), TrackingSwitchCodec.read(TrackingSwitchCodec.write(false)));
    }

    @Test
    void knowsItsKey_andNoOther() {
        assertTrue(TrackingSwitchCodec.isKey("session-tracking".getBytes(StandardCharsets.UTF_8)));
        assertFalse(TrackingSwitchCodec.isKey("session-tracking ".getBytes(StandardCharsets.UTF_8)));
        assertFalse(TrackingSwitchCodec.isKey(null));
    }

    @Test
    void isActive_whereTheRecordWasDeleted() {
        assertEquals(Optional.of(true), TrackingSwitchCodec.read(null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " {\n\"active\" : false } ",
                "{\"by\":{\"active\":true},\"active\":false,\"at\":[{\"active\":true}]}",
                "{\"active\":true,\"active\":false}"
            })
    void readsTheSwitch_whateverOtherFieldsThereAre(String value) {
        assertEquals(Optional.of(false), TrackingSwitchCodec.read(value.getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "false",
                "{}",
                "[]",
                "{\"active\":\"false\"}",
                "{\"active\":0}",
                "{\"active\":null}",
                "{\"active\":{\"active\":false}}",
                "{\"Active\":false}",
                "{\"active\":false",
                "{\"active\":false}}",
                "{\"active\":false} {\"active\":true}",
                "{\"active\":true,\"active\":1}"
            })
    void saysNothing_whereTheValueIsBroken(String value) {
        assertEquals(Optional.empty(), TrackingSwitchCodec.read(value.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void isTotal() {
        long seed = new SplittableRandom().nextLong();
        System.out.println("seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 20_000; i++) {
            byte[] value = TrackingSwitchCodec.write(random.nextBoolean());
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                value[random.nextInt(value.length)] = (byte) random.nextInt();
            }
            byte[] cut = java.util.Arrays.copyOf(value, random.nextInt(value.length + 1));
            assertTrue(TrackingSwitchCodec.read(cut).isEmpty() || cut.length == value.length);
            TrackingSwitchCodec.read(value);
        }
    }
}
