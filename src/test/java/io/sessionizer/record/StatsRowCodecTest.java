package io.sessionizer.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.event.UncountedReason;
import io.sessionizer.event.UncountedReason.EventPart;
import io.sessionizer.session.Published;
import io.sessionizer.stats.LengthBuckets;
import io.sessionizer.stats.OpenCounts;
import io.sessionizer.stats.QuarterHourStats;
import io.sessionizer.stats.SessionStats;
import io.sessionizer.stats.StatsRow;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatsRowCodecTest {
    private static final String APP = "shop";
    /** 2026-11-24T01:15:00Z. */
    private static final long QUARTER = 1_795_482_900L / 900;

    private static final String COUNTED =
            "{\"partition\":2,\"quarter\":\"2026-11-24T01:15:00Z\",\"Sessions\":4,\"Session Length Sum\":45,"
                    + "\"Event Count\":5,\"Became Active\":3,\"Became Inactive\":5,\"Lengths\":[[0,3],[45,1]]}";
    private static final String NOW = "{\"partition\":2,\"Active Users\":25,\"Open Sessions\":27}";

    @Test
    void writesAQuarterHour() {
        StatsRow row = new StatsRow.QuarterHourRow(2, QUARTER, new QuarterHourStats(figures(), 3, 5));
        assertEquals("shop/2/1795482900", new String(StatsRowCodec.key(APP, row), UTF_8));
        assertEquals(COUNTED, value(row));
    }

    @Test
    void writesTheLiveRow() {
        StatsRow row = new StatsRow.LiveRow(2, new OpenCounts(25, 27), Optional.empty());
        assertEquals("shop/2/now", new String(StatsRowCodec.key(APP, row), UTF_8));
        assertEquals(NOW, value(row));
    }

    @Test
    void writesWhyNearlyAllEventsDoNotCount() {
        UncountedReason reason = new UncountedReason(EventPart.NAME, "a \"b\" \\ é");
        StatsRow row = new StatsRow.LiveRow(2, new OpenCounts(25, 27), Optional.of(reason));
        assertEquals(
                NOW.replace("}", ",\"Uncounted Part\":\"name\",\"Uncounted Value\":\"a \\\"b\\\" \\\\ é\"}"),
                value(row));
        assertEquals(Optional.of(row), read(row));
    }

    /** A later version may have other parts; other writers may write anything. */
    @Test
    void readsOnlyReasonsThatItKnows_andMakesThemPrintable() {
        assertEquals(Optional.empty(), reason("\"colour\"", "\"red\""));
        assertEquals(Optional.empty(), reason("7", "\"red\""));
        String value = reason("\"type\"", "\"\\n" + "x".repeat(5_000) + "\"")
                .orElseThrow()
                .value();
        assertEquals("\ufffd" + "x".repeat(98) + "…", value);
    }

    private static Optional<UncountedReason> reason(String part, String value) {
        String json = NOW.replace("}", ",\"Uncounted Part\":" + part + ",\"Uncounted Value\":" + value + "}");
        StatsRow row = StatsRowCodec.read(APP, "shop/2/now".getBytes(UTF_8), json.getBytes(UTF_8))
                .orElseThrow();
        return ((StatsRow.LiveRow) row).nearlyAllUncounted();
    }

    @Test
    void writesATombstoneForAnExpiredQuarterHour() {
        StatsRow row = new StatsRow.ExpiredRow(2, QUARTER);
        assertEquals("shop/2/1795482900", new String(StatsRowCodec.key(APP, row), UTF_8));
        assertTrue(StatsRowCodec.value(row).isEmpty());
    }

    @Test
    void readsBackWhatItWrote() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("StatsRowCodecTest seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 2_000; i++) {
            int partition = random.nextInt(Integer.MAX_VALUE);
            long number = random.nextLong(1L << random.nextInt(62));
            long quarterHour = random.nextLong(281_642_400);
            StatsRow row =
                    switch (random.nextInt(3)) {
                        case 0 ->
                            new StatsRow.LiveRow(
                                    partition, new OpenCounts(number, random.nextInt(10)), Optional.empty());
                        case 1 -> new StatsRow.ExpiredRow(partition, quarterHour);
                        default ->
                            new StatsRow.QuarterHourRow(
                                    partition,
                                    quarterHour,
                                    new QuarterHourStats(
                                            QuarterHourCodecTest.figures(random), number, random.nextInt(10)));
                    };
            assertEquals(Optional.of(row), read(row));
        }
    }

    @Test
    void isNeverLongerThanItSays() {
        SessionStats stats = new SessionStats();
        for (int bucket = 0; bucket < LengthBuckets.COUNT; bucket++) {
            stats.addToBucket(bucket, Long.MIN_VALUE);
        }
        stats.addSums(Long.MIN_VALUE, Long.MIN_VALUE);
        StatsRow row = new StatsRow.QuarterHourRow(
                Integer.MAX_VALUE, 281_642_399, new QuarterHourStats(stats, Long.MIN_VALUE, Long.MIN_VALUE));
        assertTrue(StatsRowCodec.value(row).orElseThrow().length <= StatsRowCodec.MAX_LENGTH);
        for (String value : new String[] {"\"".repeat(1_000), "\u20ac".repeat(1_000)}) {
            StatsRow live = new StatsRow.LiveRow(
                    Integer.MAX_VALUE,
                    new OpenCounts(Long.MIN_VALUE, Long.MIN_VALUE),
                    Optional.of(new UncountedReason(EventPart.SOURCE, value)));
            assertTrue(StatsRowCodec.value(live).orElseThrow().length <= StatsRowCodec.MAX_LENGTH);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "shop2/2/1795482900",
                "sho/2/1795482900",
                "shop/2",
                "shop/2/",
                "shop//now",
                "shop/-2/now",
                "shop/+2/now/",
                "shop/2/now/",
                "shop/2/Now",
                "shop/9999999999/now",
                "shop/4000000000/now",
                "shop/2/1795482901",
                "shop/2/-900",
                "shop/2/9223372036854775807",
                "shop/2/92233720368547758070",
                "shop",
                "",
            })
    void readsNothingFromAForeignKey(String key) {
        assertEquals(Optional.empty(), StatsRowCodec.read(APP, key.getBytes(UTF_8), NOW.getBytes(UTF_8)));
        assertEquals(Optional.empty(), StatsRowCodec.read(APP, key.getBytes(UTF_8), null));
        assertEquals(Optional.empty(), StatsRowCodec.read(APP, null, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{\"partition\":2,\"Active Users\":-1,\"Open Sessions\":27}",
                "{\"partition\":2,\"Active Users\":1,\"Open Sessions\":-27}",
                "{}",
                "[]",
                "null",
                "7",
                "{\"Sessions\":4}",
                "{\"Sessions\":5,\"Session Length Sum\":48,\"Event Count\":5,\"Became Active\":3,\"Became Inactive\":5,\"Lengths\":[[0,3],[45,1]]}",
                "{\"Sessions\":4,\"Session Length Sum\":48,\"Event Count\":5,\"Became Active\":3,\"Became Inactive\":5}",
                "{\"Sessions\":0,\"Session Length Sum\":48,\"Became Active\":3,\"Became Inactive\":5,\"Lengths\":[]}",
                "{\"Sessions\":0,\"Session Length Sum\":4e1,\"Event Count\":5,\"Became Active\":3,\"Became Inactive\":5,\"Lengths\":[]}",
                "{\"Sessions\":0,\"Session Length Sum\":\"4\",\"Event Count\":5,\"Became Active\":3,\"Became Inactive\":5,\"Lengths\":[]}",
                "{\"Sessions\":0,\"Session Length Sum\":99999999999999999999,\"Event Count\":5,\"Became Active\":3,\"Became Inactive\":5,\"Lengths\":[]}",
            })
    void readsNothingFromABrokenValue(String value) {
        byte[] bytes = value.getBytes(UTF_8);
        assertEquals(Optional.empty(), StatsRowCodec.read(APP, "shop/2/1795482900".getBytes(UTF_8), bytes));
        assertEquals(Optional.empty(), StatsRowCodec.read(APP, "shop/2/now".getBytes(UTF_8), bytes));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[[0,3],[45,1]]|[[0,3],[45,1]",
                "[[0,3],[45,1]]|[[0,3],[45,1,1]]",
                "[[0,3],[45,1]]|[[0,3],[45]]",
                "[[0,3],[45,1]]|[[0,3],[61,1]]",
                "[[0,3],[45,1]]|[[0,3],[-1,1]]",
                "[[0,3],[45,1]]|[[0,3],[0,1]]",
                "[[0,3],[45,1]]|[[0,3],1]",
                "[[0,3],[45,1]]|{\"0\":4}",
                "\"Event Count\":5|\"Event Count\":5,\"Event Count\":5",
                "}|}}",
                "}|} {}",
                "{|{{",
            })
    void readsNothingOnceAWholeRowIsBroken(String part, String broken) {
        byte[] key = "shop/2/1795482900".getBytes(UTF_8);
        assertTrue(StatsRowCodec.read(APP, key, COUNTED.getBytes(UTF_8)).isPresent());
        assertEquals(
                Optional.empty(),
                StatsRowCodec.read(APP, key, COUNTED.replace(part, broken).getBytes(UTF_8)));
    }

    @Test
    void ignoresFieldsThatALaterVersionMayAdd() {
        String more = COUNTED.replace("{\"partition\"", "{\"new\":{\"a\":[1,{}]},\"also\":\"x\",\"partition\"");
        assertEquals(
                StatsRowCodec.read(APP, "shop/2/1795482900".getBytes(UTF_8), COUNTED.getBytes(UTF_8)),
                StatsRowCodec.read(APP, "shop/2/1795482900".getBytes(UTF_8), more.getBytes(UTF_8)));
    }

    /** Any bytes in the topic are read without an exception. */
    @Test
    void isTotal() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("StatsRowCodecTest seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 100_000; i++) {
            byte[] key = mangled(random, random.nextBoolean() ? "shop/2/1795482900" : "shop/2/now");
            byte[] value = mangled(random, random.nextBoolean() ? COUNTED : NOW);
            StatsRowCodec.read(APP, key, value).ifPresent(row -> assertTrue(row.partition() >= 0));
        }
    }

    private static byte[] mangled(SplittableRandom random, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        for (int changes = random.nextInt(4); changes > 0; changes--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(3)) {
                case 0 -> bytes[at] = (byte) random.nextInt();
                case 1 -> bytes[at] = bytes[random.nextInt(bytes.length)];
                default -> bytes = Arrays.copyOf(bytes, 1 + at);
            }
        }
        return bytes;
    }

    private static SessionStats figures() {
        SessionStats stats = new SessionStats();
        stats.count(new Published(0, 45_000, 2));
        for (int i = 0; i < 3; i++) {
            stats.count(new Published(1, 1, 1));
        }
        return stats;
    }

    private static String value(StatsRow row) {
        return new String(StatsRowCodec.value(row).orElseThrow(), UTF_8);
    }

    private static Optional<StatsRow> read(StatsRow row) {
        return StatsRowCodec.read(
                APP, StatsRowCodec.key(APP, row), StatsRowCodec.value(row).orElse(null));
    }
}
