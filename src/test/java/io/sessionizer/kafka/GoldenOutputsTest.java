package io.sessionizer.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.sessionizer.event.EventReader;
import io.sessionizer.event.RejectionReason;
import io.sessionizer.event.StampableEvent.Place;
import io.sessionizer.event.Verdict;
import io.sessionizer.event.format.FormatPreset;
import io.sessionizer.kafka.config.SessionizerSettings;
import io.sessionizer.kafka.config.SessionizerSettings.ClockSettings;
import io.sessionizer.kafka.config.SessionizerSettings.Uncounted;
import io.sessionizer.kafka.config.SessionizerSettings.UserFrom;
import io.sessionizer.kafka.status.Counters;
import io.sessionizer.session.SessionRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every byte that leaves the service for {@link HostileInput}, in all topics, changelogs and the repartition topic
 * included, is as in the file of this variant. After an intended change the files are rewritten, and their
 * difference reviewed, with
 *
 * <pre>mvn test -Dtest=GoldenOutputsTest -Dgolden.write=true</pre>
 */
class GoldenOutputsTest {
    private static final long MINUTE = TestSettings.MINUTE;
    private static final boolean WRITE = Boolean.getBoolean("golden.write");

    private StreamDriver stream;

    @AfterEach
    void close() {
        if (stream != null) {
            stream.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"KEY, DROP", "KEY, FORWARD", "PAYLOAD, DROP", "PAYLOAD, FORWARD"})
    void areAsTheyEverWere(UserFrom userFrom, Uncounted uncounted) throws IOException {
        Path golden =
                Path.of("src/test/resources/golden", "outputs-" + name(userFrom) + "-" + name(uncounted) + ".txt");
        String actual = outputs(userFrom, uncounted);
        if (WRITE) {
            Files.createDirectories(golden.getParent());
            Files.writeString(golden, actual);
        }
        assertSameLines(golden, Files.readString(golden), actual);
        for (RejectionReason reason : RejectionReason.values()) {
            assertTrue(actual.contains("  dead-letter-reason: " + reason + "\n"), "Not reached: " + reason);
        }
        // the driver's log loses no records
        for (Counters.Count count : EnumSet.complementOf(EnumSet.of(Counters.Count.RECORDS_DELETED_UNREAD))) {
            assertTrue(stream.counters().value(count) > 0, "Not reached: " + count);
        }
    }

    @Test
    void coverEachPlaceOfTheStamp() {
        EventReader reader = new EventReader(FormatPreset.CLEVERTAP.format(), true);
        Set<Place> reached = EnumSet.noneOf(Place.class);
        for (String event : HostileEvents.STAMP_PLACES) {
            assertEquals(Verdict.COUNTS, reader.read(StreamDriver.bytes(event)), event);
            reached.add(reader.stampable().place());
        }
        assertEquals(EnumSet.complementOf(EnumSet.of(Place.NOWHERE)), reached);
    }

    @Test
    void areComparedWithTheFiles_notWrittenAgain() {
        assertFalse(WRITE, "golden.write is set: the files were written, so nothing was compared");
    }

    private String outputs(UserFrom userFrom, Uncounted uncounted) {
        SessionizerSettings settings = TestSettings.withSessionsTable(TestSettings.of(
                userFrom,
                uncounted,
                new SessionRules(20 * MINUTE, 24 * 60 * MINUTE, HostileInput.MAX_SESSIONS),
                new ClockSettings(HostileInput.IDLE_AFTER_MS, 5 * MINUTE, 900_000),
                Map.of("processing.guarantee", "at_least_once")));
        stream = new StreamDriver(
                settings,
                HostileInput.START,
                StreamDriver.limits(HostileInput.MAX_BYTES, HostileInput.BEFORE_MS, HostileInput.AFTER_MS));
        HostileInput.feed(stream);
        return RecordText.of(stream.outputs());
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static void assertSameLines(Path golden, String expected, String actual) {
        if (expected.equals(actual)) {
            return;
        }
        List<String> was = Arrays.asList(expected.split("\n", -1));
        List<String> is = Arrays.asList(actual.split("\n", -1));
        int line = 0;
        while (line < Math.min(was.size(), is.size()) && was.get(line).equals(is.get(line))) {
            line++;
        }
        fail(golden + ", line " + (line + 1) + ", in " + topic(was, line) + "\nexpected: " + at(was, line)
                + "\nfound:    " + at(is, line));
    }

    private static String topic(List<String> lines, int line) {
        return lines.subList(0, Math.min(line + 1, lines.size())).stream()
                .filter(each -> each.startsWith("== "))
                .reduce("no topic", (before, next) -> next);
    }

    private static String at(List<String> lines, int line) {
        return line < lines.size() ? lines.get(line) : "the end";
    }
}
