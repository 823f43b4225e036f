package io.sessionizer.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.sessionizer.event.format.FormatPreset;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The event's time, in every spelling that is allowed (specification, section 1). */
class EventTimeTest {
    private final EventReader reader = new EventReader(FormatPreset.CLEVERTAP.format(), false);

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0, 0",
        "-0.00, 0",
        "-0e5, 0",
        "0.0e-99999999999999999999, 0",
        "0e99999999999999999999, 0",
        "1468308340, 1468308340000",
        "1468308340.5, 1468308340500",
        "1468308340.0009, 1468308340000",
        "1468308340.9999, 1468308340999",
        "0.0019, 1",
        "0.00099, 0",
        "1e-999999999999, 0",
        "1e-3, 1",
        "1.4683083405e9, 1468308340500",
        "1.4683083405E+9, 1468308340500",
        "14683083405000000e-7, 1468308340500",
        "0.00014683083405e13, 1468308340500",
        "99999999999, 99999999999000",
        "99999999999.9999, 99999999999999",
        "100000000000, 100000000000",
        "100000000000.9, 100000000000",
        "1e11, 100000000000",
        "1468308340123, 1468308340123",
        "1468308340123.999, 1468308340123",
        "99999999999999, 99999999999999",
        "99999999999999.999, 99999999999999",
        "9.9999999999999e13, 99999999999999",
        "100000000000000, 100000000000",
        "1e14, 100000000000",
        "1468308340123999, 1468308340123",
        "1468308340123.9e3, 1468308340123",
        "99999999999999999, 99999999999999",
        "100000000000000000, 100000000000",
        "1e17, 100000000000",
        "1468308340123999999, 1468308340123",
        "1468308340123999999.5, 1468308340123",
        "253402300799999999999, 253402300799999",
        "253402300799999999999.9, 253402300799999"
    })
    void readsNumbers(String number, long time) {
        assertTime(time, number);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-1",
                "-0.1",
                "-0.0001",
                "-1e-400",
                "253402300800000000000",
                "1e21",
                "1e400",
                "1e999999999999999999999",
                "true",
                "false",
                "[]",
                "{}",
                "[1]",
                "\"\"",
                "9999999999999999999999999999999"
            })
    void rejectsOtherNumbersAndTypes(String value) {
        assertBad(value);
    }

    @ParameterizedTest
    @CsvSource({
        "1468308340, 1468308340000",
        "1468308340.5, 1468308340500",
        "1468308340123, 1468308340123",
        "1612069510766593, 1612069510766",
        "1468308340123456789, 1468308340123",
        "1.4683083405e9, 1468308340500",
        "0, 0",
        "14683\\u003083405e-1, 1468308340500"
    })
    void readsTheSameNumbersAsText(String text, long time) {
        assertTime(time, '"' + text + '"');
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"-1", "-", "01", "1.", ".1", "1e", "1e+", " 1", "1 ", "+1", "0x1", "1_0", "1,5", "1e21", "١"})
    void rejectsTextsThatAreNearlyNumbers(String text) {
        assertBad('"' + text + '"');
    }

    @Test
    void takesNoTimeFromAbsentOrNull() {
        assertEquals(Verdict.COUNTS, read("null"));
        assertEquals(EventReader.NO_TIME, reader.time());
        assertEquals(Verdict.COUNTS, read("1,\"ts\":null"));
        assertEquals(EventReader.NO_TIME, reader.time());
    }

    @Test
    void takesTheLastOfTwoTimes() {
        assertTime(2_000, "true,\"t\\u0073\":2");
    }

    @Test
    void readsHugeLiteralsInLinearTime() {
        String million = "0".repeat(3_000_000);
        assertTimeout(Duration.ofSeconds(5), () -> {
            assertTime(1_000, "1." + million);
            assertTime(0, "0." + million + "1");
            assertTime(1_000, "0." + million + "1e3000001");
            assertTime(1_000, "1" + million + "e-3000000");
            assertTime(0, "1e-" + "9".repeat(3_000_000));
            assertBad("1" + million);
            assertBad("1e" + "9".repeat(3_000_000));
            assertTime(0, "\"1970-01-01T00:00:00." + million + "Z\"");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "2016-07-12T07:25:40Z, 1468308340000",
        "2016-07-12t07:25:40z, 1468308340000",
        "2016-07-12T12:55:40+05:30, 1468308340000",
        "2016-07-11T23:25:40.5-08:00, 1468308340500",
        "2016-07-12T07:25:40-00:00, 1468308340000",
        "2016-07-12T07:25:40.1239999999Z, 1468308340123",
        "2016-07-12T07:25:40.01Z, 1468308340010",
        "2016-07-12T07:25:4\\u0030Z, 1468308340000",
        "1970-01-01T00:00:00Z, 0",
        "1969-12-31T00:01:00-23:59, 0",
        "1970-01-01T23:59:00+23:59, 0",
        "9999-12-31T23:59:59.999Z, 253402300799999",
        "2016-02-29T00:00:00Z, 1456704000000",
        "2000-02-29T00:00:00Z, 951782400000",
        "2016-12-31T23:59:60Z, 1483228800000",
        "2016-12-31T23:59:60.5Z, 1483228800500",
        "2017-01-01T05:29:60+05:30, 1483228800000",
        "2015-06-30T23:59:60Z, 1435708800000"
    })
    void readsRfc3339(String text, long time) {
        assertTime(time, '"' + text + '"');
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2016-07-12",
                "2016-07-12T07:25:40",
                "2016-07-12 07:25:40",
                "2016-07-12T07:25Z",
                "2016-07-12 07:25:40Z",
                "20160712T072540Z",
                "2016-07-12T07:25:40.Z",
                "2016-07-12T07:25:40,5Z",
                "2016-07-12T07:25:40+0530",
                "2016-07-12T07:25:40+05",
                "2016-07-12T07:25:40+24:00",
                "2016-07-12T07:25:40+05:60",
                "2016-07-12T07:25:40ZZ",
                "2016-07-12T07:25:40.5",
                "2016-07-12T07:25:40Z ",
                " 2016-07-12T07:25:40Z",
                "2016-13-12T07:25:40Z",
                "2016-00-12T07:25:40Z",
                "2016-07-32T07:25:40Z",
                "2016-07-00T07:25:40Z",
                "2016-06-31T07:25:40Z",
                "2015-02-29T07:25:40Z",
                "1900-02-29T07:25:40Z",
                "2100-02-29T00:00:00Z",
                "2016-07-12T24:00:00Z",
                "2016-07-12T07:60:40Z",
                "2016-07-12T07:25:61Z",
                "2016-07-12T07:25:60Z",
                "2016-07-12T23:59:60Z",
                "2016-12-31T23:59:60+01:00",
                "1969-12-31T23:59:59Z",
                "1969-12-31T23:59:59.999Z",
                "1970-01-01T00:00:00+00:01",
                "9999-12-31T23:59:60Z",
                "9999-12-31T23:59:59-00:01",
                "0000-01-01T00:00:00Z",
                "+2016-07-12T07:25:40Z",
                "-016-07-12T07:25:40Z",
                "2016-07-12T07:25:40Z[UTC]",
                "2016-07-12T07:25:40+ab:cd",
                "2016-07-12T07:25:4٠Z",
                "now"
            })
    void rejectsOtherTexts(String text) {
        assertBad('"' + text + '"');
    }

    @Test
    void agreesWithTheJdk_onEveryDay() {
        SplittableRandom random = new SplittableRandom(7);
        OffsetDateTime end = OffsetDateTime.of(10_000, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);
        OffsetDateTime day = OffsetDateTime.of(1970, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);
        for (; day.isBefore(end); day = day.plusDays(1 + random.nextInt(20))) {
            OffsetDateTime time = day.plusNanos(random.nextLong(86_400_000_000_000L));
            byte[] text =
                    time.toLocalDateTime().withNano(999_999_999).toString().getBytes(UTF_8);
            byte[] zoned = Arrays.copyOf(text, text.length + 1);
            zoned[text.length] = 'Z';
            assertEquals(time.toEpochSecond() * 1000 + 999, EventTime.ofText(zoned, 0, zoned.length, Optional.empty()));
        }
    }

    private void assertTime(long time, String value) {
        assertEquals(Verdict.COUNTS, read(value));
        assertEquals(time, reader.time());
    }

    private void assertBad(String value) {
        assertEquals(Verdict.REJECTED, read(value));
        assertEquals(RejectionReason.BAD_TIMESTAMP, reader.reason());
    }

    private Verdict read(String time) {
        return reader.read(event(time));
    }

    private static byte[] event(String time) {
        return ("{\"evtName\":\"a\",\"ts\":" + time + "}").getBytes(UTF_8);
    }
}
