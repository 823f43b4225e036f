package io.sessionizer.quickstart.traffic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sessionizer.event.RejectionReason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SampleTrafficTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long NOW = Instant.parse("2026-11-23T20:00:00Z").toEpochMilli();
    private static final long START = NOW - TimeUnit.DAYS.toMillis(30);

    private static SampleTraffic traffic(long seed) {
        return new SampleTraffic(seed, 2500, START, new TrafficPattern(ZoneOffset.UTC, NOW));
    }

    private static List<SampleRecord> history(long seed) {
        List<SampleRecord> samples = new ArrayList<>();
        traffic(seed).upTo(() -> NOW).forEachRemaining(samples::add);
        return samples;
    }

    @Test
    void givesTheSameBytes_forTheSameSeed() {
        SampleTraffic one = traffic(7);
        SampleTraffic other = traffic(7);
        for (int i = 0; i < 20_000; i++) {
            SampleRecord expected = one.next();
            SampleRecord actual = other.next();
            assertEquals(expected.arrival(), actual.arrival());
            assertEquals(expected.user(), actual.user());
            assertArrayEquals(expected.value(), actual.value());
        }
    }

    @Test
    void comesInOrderOfArrival_fromTheStartToNow() {
        long last = START;
        for (SampleRecord sample : history(1)) {
            assertTrue(sample.arrival() >= last && sample.arrival() <= NOW, () -> "arrival " + sample.arrival());
            last = sample.arrival();
        }
        assertTrue(NOW - last < TimeUnit.HOURS.toMillis(1));
    }

    @Test
    void isAMonthOfAShop_inSize() {
        int size = history(1).size();
        assertTrue(size > 150_000 && size < 200_000, () -> "events " + size);
    }

    @Test
    void isBusyInTheEvening_andQuietAtNight() {
        long[] byHour = new long[24];
        for (SampleRecord sample : history(1)) {
            byHour[Instant.ofEpochMilli(sample.arrival()).atZone(ZoneOffset.UTC).getHour()]++;
        }
        assertTrue(byHour[20] > 5 * byHour[3], () -> byHour[20] + " at 20 h, " + byHour[3] + " at 3 h");
    }

    @Test
    void continuesTheHistory_whereItEnded() {
        SampleTraffic traffic = traffic(1);
        Iterator<SampleRecord> history = traffic.upTo(() -> NOW);
        while (history.hasNext()) {
            history.next();
        }
        SampleRecord next = traffic.next();
        assertTrue(next.arrival() > NOW && next.arrival() < NOW + 60_000, () -> "arrival " + next.arrival());
    }

    /** Else the first day with the quickstart would make the thirty before it look empty. */
    @Test
    void isBusierOnceLive_butLessThanThreeTimes() {
        double usualDay = history(1).size() / 30.0;
        SampleTraffic traffic = traffic(1);
        traffic.upTo(() -> NOW).forEachRemaining(sample -> {});
        int[] liveDay = new int[1];
        traffic.upTo(() -> NOW + TimeUnit.DAYS.toMillis(1)).forEachRemaining(sample -> liveDay[0]++);

        assertTrue(liveDay[0] > 1.5 * usualDay && liveDay[0] < 3 * usualDay, liveDay[0] + " against " + usualDay);
    }

    @Test
    void isNeverStill_onceLive() {
        TrafficPattern pattern = new TrafficPattern(ZoneOffset.UTC, NOW);
        for (int hour = 0; hour < 168; hour++) {
            double rate = pattern.sessionsPerMinute(NOW + TimeUnit.HOURS.toMillis(hour));
            assertTrue(rate >= 1 && rate < 3, rate + " in hour " + hour);
        }
    }

    /** A visitor sees the shop's day in the time zone of the board. */
    @Test
    void hasItsNightInItsOwnTimeZone() {
        TrafficPattern tokyo = new TrafficPattern(ZoneId.of("Asia/Tokyo"), NOW);
        long evening = Instant.parse("2026-11-18T11:30:00Z").toEpochMilli();
        long night = Instant.parse("2026-11-18T18:30:00Z").toEpochMilli();

        assertTrue(tokyo.sessionsPerMinute(evening) > 10 * tokyo.sessionsPerMinute(night));
    }

    @Test
    void uploadsSomeEventsHoursLate() throws IOException {
        int late = 0;
        for (SampleRecord sample : history(1)) {
            late += sample.arrival() - time(sample) > TimeUnit.HOURS.toMillis(1) ? 1 : 0;
        }
        int found = late;
        assertTrue(found > 500 && found < 10_000, () -> "late " + found);
    }

    @Test
    void hasEventsThatDoNotCount_byNameAndBySource() {
        List<String> texts = history(1).stream().map(SampleTrafficTest::text).toList();
        for (String uncounted : List.of("\"Notification Sent\"", "\"App Installed\"", "\"CT Source\":\"API\"")) {
            assertTrue(texts.stream().anyMatch(text -> text.contains(uncounted)), uncounted);
        }
    }

    @Test
    void hasARecordForEachReasonToDeadLetter() throws IOException {
        int[] found = new int[RejectionReason.values().length];
        for (SampleRecord sample : history(1)) {
            IntStream.of(brokenAs(sample)).forEach(reason -> found[reason]++);
        }
        for (RejectionReason reason : RejectionReason.values()) {
            assertTrue(found[reason.ordinal()] >= 3, () -> reason + " " + found[reason.ordinal()]);
        }
    }

    private static int[] brokenAs(SampleRecord sample) throws IOException {
        JsonNode event;
        try {
            event = JSON.readTree(sample.value());
        } catch (IOException malformed) {
            return new int[] {RejectionReason.MALFORMED_JSON.ordinal()};
        }
        List<RejectionReason> reasons = new ArrayList<>();
        if (sample.user().isEmpty()) {
            reasons.add(RejectionReason.NO_USER);
        }
        if (!event.has("evtName")) {
            reasons.add(RejectionReason.NO_EVENT_NAME);
        }
        if (!event.path("ts").isNumber()) {
            reasons.add(RejectionReason.BAD_TIMESTAMP);
        }
        if (!event.path("evtData").isObject()) {
            reasons.add(RejectionReason.BAD_EVENT_DATA);
        }
        if (event.path("ts").asLong() * 1000 > NOW + 300_000) {
            reasons.add(RejectionReason.FUTURE_TIMESTAMP);
        }
        if (sample.value().length > 1_000_000) {
            reasons.add(RejectionReason.TOO_LARGE);
        }
        return reasons.stream().mapToInt(RejectionReason::ordinal).toArray();
    }

    private static long time(SampleRecord sample) throws IOException {
        try {
            return JSON.readTree(sample.value()).path("ts").asLong(sample.arrival() / 1000) * 1000;
        } catch (IOException malformed) {
            return sample.arrival();
        }
    }

    private static String text(SampleRecord sample) {
        return new String(sample.value(), StandardCharsets.UTF_8);
    }
}
