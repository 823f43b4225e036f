package io.sessionizer.kafka;

import static io.sessionizer.kafka.StreamDriver.bytes;

import io.sessionizer.kafka.config.SessionizerSettings.ClockSettings;
import io.sessionizer.kafka.config.SessionizerSettings.Uncounted;
import io.sessionizer.kafka.config.SessionizerSettings.UserFrom;
import io.sessionizer.session.SessionRules;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * The input that the stored fixtures come from, always the same. It has a cut: {@link #beforeCut} leaves rich state behind,
 * and {@link #afterCut} touches all of it. Times are minutes after {@link #START}.
 */
final class StoredInput {
    static final long START = Instant.parse("2026-03-06T11:00:07.250Z").toEpochMilli();

    /** When the clock shows this, everything before the cut has happened. */
    static final long CUT = minute(133);

    private static final long MINUTE = TestSettings.MINUTE;
    private static final long DAY = 24 * 60 * MINUTE;
    /** A row of the board is older than it keeps when the rest begins. */
    private static final long FIRST = START - 33 * DAY;

    private static final int MOST_SESSIONS = 4;
    private static final SessionRules RULES = new SessionRules(20 * MINUTE, DAY, MOST_SESSIONS);
    private static final long STEP = 2_000;
    /** So many steps make a partition idle. */
    private static final int STEPS = 20;

    static final int LONGEST_USER = 8_192;

    private final StreamDriver stream;

    StoredInput(StreamDriver stream) {
        this.stream = stream;
    }

    /** A driver that has read nothing yet, at the beginning of the input. */
    static StreamDriver atFirst(UserFrom userFrom) {
        return at(userFrom, FIRST, 5 * MINUTE);
    }

    /** A driver that has read nothing yet, at the time of the cut. */
    static StreamDriver atCut(UserFrom userFrom) {
        return at(userFrom, CUT, 5 * MINUTE);
    }

    /** A driver for {@link #deadlines}. */
    static StreamDriver forDeadlines() {
        return at(UserFrom.KEY, START, 400 * DAY);
    }

    private static StreamDriver at(UserFrom userFrom, long wall, long maxFutureMs) {
        // restarts of the driver need it
        Map<String, String> kafka = Map.of("processing.guarantee", "at_least_once");
        ClockSettings clock = new ClockSettings(30_000, maxFutureMs, 900_000);
        return new StreamDriver(TestSettings.of(userFrom, Uncounted.FORWARD, RULES, clock, kafka), wall);
    }

    static long minute(double minutes) {
        return START + Math.round(minutes * MINUTE);
    }

    /** Ends at the cut: the clock has followed the wall clock, and some rows of the board are not written yet. */
    void beforeCut() {
        stream.event("old", FIRST);
        waitUntil(FIRST + 25 * MINUTE);
        stream.jumpTo(START);
        for (String user : List.of("ann", "Зоя", "日本-太郎", "merged", "merged at the cut", "to merge", "amended")) {
            seen(user, 0);
        }
        for (String user : List.of("reopened", "to amend", "erased", "to erase", "many")) {
            seen(user, 0.25);
        }
        waitUntil(minute(4));
        seen("Зоя", 4);
        seen("merged", 3.5);
        seen("ann", 2);
        for (int late = 1; late <= MOST_SESSIONS; late++) {
            seen("many", -100 * late);
        }
        seen("days ago", -3 * 24 * 60);
        seen("days ago", -3 * 24 * 60 + 11);
        waitUntil(minute(40));
        seen("merged", 40);
        seen("merged at the cut", 38);
        seen("to merge", 35);
        seen("amended", 7);
        waitUntil(minute(66));
        seen("merged", 22);
        waitUntil(minute(90));
        seen("amended", 9);
        stream.pipe("erased", null, stream.wall());
        seen("ann", 90);
        seen("Зоя", 90);
        seen("Зоя", 90.5);
        waitUntil(minute(125));
        seen("reopened", 3);
        seen("🦊 of tomorrow", 129);
        seen("u".repeat(300), 125);
        everySlot();
        waitUntil(CUT);
        seen("ann", 133);
        // a second one that is open: there are more sessions than users
        seen("ann", 60);
        seen("Зоя", 108);
        seen("merged at the cut", 19);
    }

    /** Begins at the cut. */
    void afterCut() {
        seen("ann", 132);
        seen("日本-太郎", 133);
        seen("to amend", 6);
        seen("to merge", 18);
        seen("reopened", 1);
        seen("merged at the cut", 45);
        seen("🦊 of tomorrow", 137);
        seen("newcomer", 133);
        seen("many", -200.5);
        seen("slot", 134);
        stream.pipe("to erase", null, stream.wall());
        waitUntil(minute(143));
        seen("ann", 143);
        everySlot();
        waitUntil(minute(180));
        stream.jumpTo(minute(240));
        seen("newcomer", 240);
        waitUntil(minute(265));
        stream.jumpTo(CUT + 26 * 60 * MINUTE);
        seen("Зоя", 133 + 26 * 60);
        seen("to amend", 6);
        waitUntil(CUT + 27 * 60 * MINUTE);
    }

    /** An event for each place that a stamp may go to, and an event that does not count. */
    private void everySlot() {
        for (String data : List.of(
                "",
                ",\"evtData\":null",
                ",\"evtData\":{ }",
                ",\"evtData\":{\"page\":\"/\u00fc\"}",
                ",\"evtData\":{\"CT Session ID\":\"of another service\",\"page\":7}")) {
            pipe("slot", "{\"identity\":\"slot\",\"evtName\":\"Seen\",\"ts\":" + stream.wall() + data + "}");
        }
        pipe("slot", "{\"identity\":\"slot\",\"evtName\":\"UTM Visited\",\"ts\":" + stream.wall() + "}");
    }

    private void pipe(String user, String value) {
        stream.pipe(bytes(user), bytes(value), stream.wall(), new RecordHeaders());
    }

    private void seen(String user, double minute) {
        stream.event(user, minute(minute), stream.wall());
    }

    /** Lets the clock follow the wall clock to this time, with few ticks on the way. */
    private void waitUntil(long time) {
        stream.jumpTo(time - STEPS * STEP);
        while (stream.wall() < time) {
            stream.pollOnce(STEP);
        }
    }

    /** So many long users that deadlines are stored, and some of them worth a check, from soon to next year. */
    void deadlines() {
        int number = 0;
        // more than memory holds
        while (number < 510) {
            seen(padding(number++), 0);
        }
        for (String user : List.of("ann", "Зоя", "日本-太郎", "u".repeat(300))) {
            seen(user, 0);
            seen(user + " in 5 minutes", 5);
            seen(user + " in a year", 365 * 24 * 60);
        }
        seen("🦊", 24 * 60);
        // until a batch is full
        while (number < 800) {
            seen(padding(number++), 0);
        }
    }

    private static String padding(int number) {
        return (number + "-").repeat(LONGEST_USER).substring(0, LONGEST_USER);
    }
}
