package io.sessionizer.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sessionizer.event.format.FormatPreset;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.zone.ZoneRules;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An event's time without a zone, which is read in the configured one (specification, section 1). */
class LocalTimeTest {
    private static final ZoneRules BERLIN = ZoneId.of("Europe/Berlin").getRules();
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    @ParameterizedTest
    @CsvSource({
        "2016-07-12 07:25:40, 1468301140000",
        "2016-07-12T07:25:40, 1468301140000",
        "2016-07-12t07:25:40.125999999, 1468301140125",
        "2016-07-12T07:25:40Z, 1468308340000",
        "1970-01-01 01:00:00, 0",
        "9999-12-31 23:59:59.999, 253402297199999",
        "2017-01-01 00:59:60, 1483228800000",
        // skipped, so it is read with the offset before the change: 2:30 is read as 3:30
        "2016-03-27 01:59:59, 1459040399000",
        "2016-03-27 02:30:00, 1459042200000",
        "2016-03-27 03:30:00, 1459042200000",
        // repeated, so it is read with the offset before the change
        "2016-10-30 02:30:00, 1477787400000",
        "2016-10-30 03:00:00, 1477792800000"
    })
    void readsTimesWithoutAZone_whereOneIsConfigured(String text, long time) {
        EventReader berlin =
                new EventReader(FormatPreset.CLEVERTAP.format(Map.of("event.time.zone", "Europe/Berlin")), false);
        assertEquals(Verdict.COUNTS, berlin.read(event(text)), text);
        assertEquals(time, berlin.time());
        byte[] bytes = text.getBytes(UTF_8);
        assertEquals(time, EventTime.ofText(bytes, 0, bytes.length, Optional.of(BERLIN)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2016-07-12 07:25:40Z",
                "2016-07-12 07:25:40.",
                "2016-07-12 07:25",
                "2016-07-12",
                "2016-07-12_07:25:40",
                "2016-07-12 24:00:00",
                "2016-02-30 00:00:00",
                "2016-07-12 07:25:60",
                "1970-01-01 00:59:59",
                "2016-07-12 07:25:40 "
            })
    void rejectsOtherTimesWithoutAZone(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        assertEquals(EventTime.INVALID, EventTime.ofText(bytes, 0, bytes.length, Optional.of(BERLIN)));
    }

    @Test
    void agreesWithTheJdk_onTimesWithoutAZone() {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 100_000; i++) {
            LocalDateTime local = LocalDateTime.ofEpochSecond(random.nextLong(4_000_000_000L), 0, ZoneOffset.UTC);
            byte[] bytes = local.format(SECONDS).getBytes(UTF_8);
            assertEquals(
                    Math.max(
                            -1,
                            local.atZone(ZoneId.of("Europe/Berlin")).toInstant().toEpochMilli()),
                    EventTime.ofText(bytes, 0, bytes.length, Optional.of(BERLIN)),
                    local::toString);
        }
    }

    private static byte[] event(String time) {
        return ("{\"evtName\":\"a\",\"ts\":\"" + time + "\"}").getBytes(UTF_8);
    }
}
