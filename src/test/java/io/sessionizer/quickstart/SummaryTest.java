package io.sessionizer.quickstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.event.format.EventFormat;
import io.sessionizer.event.format.FormatPreset;
import io.sessionizer.record.ConcludedWriter;
import io.sessionizer.session.Conclusion;
import io.sessionizer.session.EventOrigin;
import io.sessionizer.session.Published;
import io.sessionizer.session.Session;
import io.sessionizer.session.SessionId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SummaryTest {
    private static final long DAY = Instant.parse("2026-11-23T00:00:00Z").getEpochSecond();

    private static ConcludedSession session(String id, long revision, long length, long lastActivity) {
        return new ConcludedSession(id, revision, length, 2, lastActivity, Optional.empty());
    }

    private static ConcludedSession merged(String id, long revision, String survivor) {
        return new ConcludedSession(id, revision, 0, 0, DAY, Optional.of(survivor));
    }

    private static String line(Tally tally, String part) {
        return Summary.of(tally, ZoneOffset.UTC).stream()
                .filter(line -> line.contains(part))
                .findFirst()
                .orElse("");
    }

    @Test
    void putsEachLengthIntoItsClass() {
        Tally tally = new Tally();
        long[] lengths = {0, 1, 59, 60, 299, 300, 899, 900, 1799, 1800, 3599, 3600, 90_000};
        for (int i = 0; i < lengths.length; i++) {
            tally.concluded(session("s" + i, 1, lengths[i], DAY));
        }
        assertTrue(line(tally, " 0 s ").matches(" +0 s +1  #+"));
        for (String two : List.of("1-59 s", "1-5 min", "5-15 min", "15-30 min", "30-60 min", "> 60 min")) {
            assertTrue(line(tally, two).matches(" +" + two + " +2  #{40}"), () -> line(tally, two));
        }
    }

    /** As on the board. */
    @Test
    void countsASessionInTheDayOfTheZone() {
        Tally tally = new Tally();
        tally.concluded(session("a", 1, 60, DAY - 3600));

        String days = String.join("\n", Summary.of(tally, ZoneId.of("Europe/Berlin")));

        assertTrue(days.contains("2026-11-23 Mon"), days);
        assertTrue(line(tally, "2026-11-22").contains(" 1 "), () -> line(tally, "2026-11-22"));
    }

    @Test
    void countsOnlyTheHighestRevision_inWhateverOrderTheyAreRead() {
        Tally tally = new Tally();
        tally.concluded(session("a", 2, 600, DAY));
        tally.concluded(session("a", 1, 60, DAY));
        assertEquals(List.of(session("a", 2, 600, DAY)), tally.sessions());
        assertEquals(1, tally.amended());
    }

    @Test
    void countsNoSecondTwice_whenASessionWasMergedIntoAnother() {
        Tally tally = new Tally();
        tally.concluded(session("a", 1, 3600, DAY));
        tally.concluded(session("b", 1, 3600, DAY));
        tally.concluded(merged("b", 2, "a"));
        tally.concluded(session("a", 2, 9000, DAY));
        assertEquals(1, tally.merged());
        assertTrue(line(tally, "2026-11-23").contains(" 1 "), () -> line(tally, "2026-11-23"));
        assertTrue(line(tally, "2026-11-23").contains(" 2.5 h"), () -> line(tally, "2026-11-23"));
    }

    @Test
    void putsASessionOnTheDayOfItsLastActivity_inUtc() {
        Tally tally = new Tally();
        tally.concluded(session("a", 1, 7200, DAY));
        tally.concluded(session("b", 1, 3600, DAY - 1));
        assertTrue(line(tally, "2026-11-23 Mon").contains("2.0 h"));
        assertTrue(line(tally, "2026-11-22 Sun").contains("1.0 h"));
    }

    @Test
    void namesMedianAndNinetiethPercentile_byNearestRank() {
        Tally tally = new Tally();
        for (int i = 1; i <= 10; i++) {
            tally.concluded(session("s" + i, 1, i * 60L, DAY));
        }
        assertTrue(line(tally, "sessions concluded").contains("half of them up to 5 min 0 s long"));
        assertTrue(line(tally, "sessions concluded").contains("nine in ten up to 9 min 0 s"));
    }

    @Test
    void takesAUserAsActive_whoseEventsNoConclusionHasCounted() {
        Tally tally = new Tally();
        tally.stamped("a", "ann");
        tally.stamped("a", "ann");
        tally.stamped("b", "bob");
        tally.concluded(session("a", 1, 60, DAY));
        assertEquals(List.of("bob"), List.copyOf(tally.open()));
        tally.stamped("a", "ann");
        assertEquals(2, tally.open().size());
    }

    @Test
    void findsNothingOpen_whenTheEventsOfAMergedSessionCountForTheOther() {
        Tally tally = new Tally();
        tally.stamped("a", "ann");
        tally.stamped("b", "ann");
        tally.concluded(merged("b", 1, "a"));
        tally.concluded(session("a", 1, 60, DAY));
        assertEquals(List.of(), List.copyOf(tally.open()));
    }

    @Test
    void printsAMessage_whenThereIsNoDataYet() {
        assertTrue(line(new Tally(), "sessions concluded").contains(" 0  sessions concluded"));
    }

    @Test
    void readsASessionConcluded_asTheServiceWritesIt() throws Exception {
        String json = "{\"identity\":\"u\",\"type\":\"event\",\"evtName\":\"Session Concluded\",\"ts\":1468308940,"
                + "\"evtData\":{\"Session Length\":0,\"Session ID\":\"x\",\"Session Start\":1468308340,"
                + "\"Event Count\":0,\"Revision\":3,\"Merged Into\":\"y\"}}";
        ConcludedSession read =
                ConcludedSession.read(json.getBytes(StandardCharsets.UTF_8), List.of("evtData"), 1_468_308_940_999L);
        assertEquals(new ConcludedSession("x", 3, 0, 0, 1_468_308_940L, Optional.of("y")), read);
        assertEquals(new ConcludedSession("u|x", 3, 0, 0, 1_468_308_940L, Optional.of("u|y")), read.of("u"));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CLOUDEVENTS_BINARY")
    void readsASessionConcluded_inEachFormat(FormatPreset preset) throws Exception {
        EventFormat format = preset.format();
        SessionId id = new EventOrigin(format.stamp().form())
                .set("u".getBytes(StandardCharsets.UTF_8), 0, 0)
                .apply(DAY * 1000);
        Session concluded = new Session(id, DAY * 1000, DAY * 1000 + 5_000, 2, DAY * 1000 + 5_000, 2, false);
        byte[] value = new ConcludedWriter(format)
                .write(
                        "u".getBytes(StandardCharsets.UTF_8),
                        new Conclusion(concluded, Optional.empty(), Published.NONE));
        assertEquals(
                new ConcludedSession(id.toString(), 2, 5, 2, DAY + 5, Optional.empty()),
                ConcludedSession.read(value, format.dataPaths().get(0), DAY * 1000 + 5_000));
    }
}
