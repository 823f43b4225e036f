package io.sessionizer.record;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sessionizer.record.Checkpoint.InputPosition;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CheckpointCodecTest {
    private static final long CLOCK = 0x155de5f6820L;
    private static final UUID TOPIC = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");

    @Test
    void readsVersion1_whichHasTheClockAlone() {
        assertEquals(
                new Checkpoint(CLOCK, List.of(), Optional.empty()),
                CheckpointCodec.decode(bytes("0100000155de5f6820")));
    }

    @Test
    void readsVersion2_whichHasNoSteps() {
        assertEquals(
                new Checkpoint(CLOCK, List.of(), Optional.of(new InputPosition(TOPIC, 7))),
                CheckpointCodec.decode(
                        bytes("0200000155de5f6820" + "00112233445566778899aabbccddeeff" + "0000000000000007")));
        assertEquals(
                new Checkpoint(CLOCK, List.of(), Optional.empty()),
                CheckpointCodec.decode(bytes("0200000155de5f6820")));
    }

    @Test
    void keepsTheFormatOfVersion3() {
        assertArrayEquals(
                bytes("0300000155de5f6820" + "02" + "01" + "8001" + "00112233445566778899aabbccddeeff"
                        + "0000000000000007"),
                CheckpointCodec.encode(new Checkpoint(
                        CLOCK, List.of(CLOCK - 129, CLOCK - 1), Optional.of(new InputPosition(TOPIC, 7)))));
    }

    static Stream<Checkpoint> checkpoints() {
        return Stream.of(
                new Checkpoint(-1, List.of(), Optional.empty()),
                new Checkpoint(Long.MAX_VALUE, List.of(-1L), Optional.empty()),
                new Checkpoint(-1, List.of(), Optional.of(new InputPosition(new UUID(0, 0), 0))),
                new Checkpoint(
                        CLOCK,
                        LongStream.range(CLOCK - 1_000, CLOCK).boxed().toList(),
                        Optional.of(new InputPosition(TOPIC, 7))),
                new Checkpoint(CLOCK, List.of(5L), Optional.of(new InputPosition(new UUID(-1, -1), Long.MAX_VALUE))));
    }

    @ParameterizedTest
    @MethodSource("checkpoints")
    void readsBackWhatItWrote(Checkpoint checkpoint) {
        assertEquals(checkpoint, CheckpointCodec.decode(CheckpointCodec.encode(checkpoint)));
    }

    @Test
    void rejectsAnUnknownVersion() {
        IllegalStateException exception =
                assertThrows(IllegalStateException.class, () -> CheckpointCodec.decode(new byte[] {0, 0}));
        assertEquals("checkpoint format: must be 1 to 3. Found: 0", exception.getMessage());
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
