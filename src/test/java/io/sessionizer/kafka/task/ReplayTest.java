package io.sessionizer.kafka.task;

import static io.sessionizer.kafka.StreamDriver.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.kafka.StreamDriver;
import io.sessionizer.kafka.TestSettings;
import io.sessionizer.kafka.config.SessionizerSettings.Uncounted;
import io.sessionizer.kafka.config.SessionizerSettings.UserFrom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Specification, section 2, Replay: a topic that is read again later, without state, gives the same sessions and ids, except
 * for users of whom an event was a dead letter for its future time, or was read while tracking was off, in one of the
 * readings.
 */
class ReplayTest {
    private static final long MINUTE = TestSettings.MINUTE;
    private static final long ELEVEN = 1_468_321_200_000L;
    private static final Pattern SESSION = Pattern.compile(
            "\"Session Length\":(\\d+),\"Session ID\":\"([^\"]+)\",\"Session Start\":(\\d+),\"Event Count\":(\\d+)");

    private record InputEvent(String user, long time, long recordTime) {
        /** Minutes after eleven: when it happened, and when it was sent. */
        static InputEvent at(String user, long minute, long sentMinute) {
            return new InputEvent(user, ELEVEN + minute * MINUTE, ELEVEN + sentMinute * MINUTE);
        }
    }

    /**
     * In the order of the topic. Others have sessions that are extended, merged by a late event, and reopened; the
     * exceptional user has one event while the wall clock is at 30 minutes.
     */
    private static List<InputEvent> topic(InputEvent exceptional) {
        return List.of(
                InputEvent.at("steady", 0, 0),
                InputEvent.at("merged", 1, 1),
                InputEvent.at("exceptional", 2, 2),
                InputEvent.at("steady", 15, 15),
                InputEvent.at("merged", 25, 25),
                exceptional,
                InputEvent.at("early", 31, 31),
                InputEvent.at("merged", 12, 32),
                InputEvent.at("exceptional", 50, 50),
                InputEvent.at("early", 16, 52),
                InputEvent.at("steady", 60, 60));
    }

    /** The final sessions by user, with their ids. */
    private record Reading(SortedMap<String, Set<String>> sessions, int deadLetters) {
        SortedMap<String, Set<String>> without(String user) {
            SortedMap<String, Set<String>> others = new TreeMap<>(sessions);
            others.remove(user);
            return others;
        }
    }

    /** While the events were sent. */
    private static Reading live(UserFrom userFrom, List<InputEvent> topic, InputEvent whileOff) {
        try (StreamDriver stream = driver(userFrom, ELEVEN)) {
            for (InputEvent event : topic) {
                stream.setWall(event.recordTime());
                stream.tracking(!event.equals(whileOff));
                stream.event(event.user(), event.time(), event.recordTime());
            }
            stream.tracking(true);
            return read(stream);
        }
    }

    /** A day later, as a history. */
    private static Reading later(UserFrom userFrom, List<InputEvent> topic) {
        try (StreamDriver stream = driver(userFrom, ELEVEN + 24 * 60 * MINUTE)) {
            topic.forEach(event -> stream.event(event.user(), event.time(), event.recordTime()));
            return read(stream);
        }
    }

    private static StreamDriver driver(UserFrom userFrom, long wall) {
        return new StreamDriver(TestSettings.of(userFrom, Uncounted.DROP, Map.of()), wall);
    }

    private static Reading read(StreamDriver stream) {
        stream.pollUntil(stream.wall() + 25 * MINUTE);
        Map<String, Map<String, String>> latest = new HashMap<>();
        for (TestRecord<byte[], byte[]> record : stream.concluded()) {
            Matcher session = SESSION.matcher(text(record.value()));
            assertTrue(session.find(), () -> text(record.value()));
            latest.computeIfAbsent(text(record.key()), user -> new HashMap<>()).put(session.group(2), session.group());
        }
        SortedMap<String, Set<String>> sessions = new TreeMap<>();
        latest.forEach((user, byId) -> sessions.put(user, new TreeSet<>(byId.values())));
        return new Reading(sessions, stream.deadLetters().size());
    }

    @ParameterizedTest
    @EnumSource(UserFrom.class)
    void givesTheSameSessionsAndIds_butForAUserWithAnEventFromTheFuture(UserFrom userFrom) {
        List<InputEvent> topic = topic(InputEvent.at("exceptional", 36, 30));
        Reading live = live(userFrom, topic, null);
        Reading later = later(userFrom, topic);
        assertEquals(1, live.deadLetters());
        assertEquals(0, later.deadLetters());
        assertSameExceptForTheUser(live, later);
    }

    @ParameterizedTest
    @EnumSource(UserFrom.class)
    void givesTheSameSessionsAndIds_butForAUserWithAnEventWhileTrackingWasOff(UserFrom userFrom) {
        InputEvent whileOff = InputEvent.at("exceptional", 30, 30);
        List<InputEvent> topic = topic(whileOff);
        assertSameExceptForTheUser(live(userFrom, topic, whileOff), later(userFrom, topic));
    }

    @ParameterizedTest
    @EnumSource(UserFrom.class)
    void givesTheSameSessionsAndIds_withoutAnException(UserFrom userFrom) {
        List<InputEvent> topic = topic(InputEvent.at("exceptional", 30, 30));
        Reading live = live(userFrom, topic, null);
        assertEquals(
                Set.of("steady", "merged", "exceptional", "early"),
                live.sessions().keySet());
        assertEquals(live.sessions(), later(userFrom, topic).sessions());
    }

    private static void assertSameExceptForTheUser(Reading live, Reading later) {
        assertEquals(live.without("exceptional"), later.without("exceptional"));
        assertNotEquals(live.sessions().get("exceptional"), later.sessions().get("exceptional"));
    }
}
