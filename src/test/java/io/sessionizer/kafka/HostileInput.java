package io.sessionizer.kafka;

import static io.sessionizer.kafka.HostileEvents.json;
import static io.sessionizer.kafka.StreamDriver.bytes;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * A fixed input, the same in each run, that covers everything the service does: any change of its output is a change of
 * behaviour. Time advances only in this input. Work that the service bounds by elapsed time stays below the amount that it
 * does regardless of time: no more than 15 users are remembered at once, and where sessions conclude by event time, a tick
 * comes before.
 */
final class HostileInput {
    static final long START = Instant.parse("2016-07-12T11:00:00Z").toEpochMilli();
    /** So many sessions of a user are remembered. */
    static final int MAX_SESSIONS = 4;

    static final long IDLE_AFTER_MS = 3_000;
    /** What each topic takes. */
    static final int MAX_BYTES = 20_000;

    static final long BEFORE_MS = Duration.ofDays(2).toMillis();
    static final long AFTER_MS = Duration.ofHours(1).toMillis();

    private static final long SECOND = 1_000;
    private static final long MINUTE = TestSettings.MINUTE;
    private static final long HOUR = 60 * MINUTE;
    private final StreamDriver stream;

    private HostileInput(StreamDriver stream) {
        this.stream = stream;
    }

    /** @param stream an at-least-once service whose wall clock is at {@link #START} */
    static void feed(StreamDriver stream) {
        HostileInput input = new HostileInput(stream);
        input.counted();
        input.times();
        input.forget();
        input.uncounted();
        input.fromOtherTimes();
        input.rejected();
        input.keys();
        input.headers();
        input.sizes();
        input.forget();
        input.erased();
        input.sessions();
        input.silence();
        input.tracking();
        stream.restart();
        input.moreSessionsThanAreRemembered();
        input.forget();
        input.crowd();
        stream.restart();
        input.amendedAfterADay();
        input.monthLater();
    }

    private void counted() {
        HostileEvents.STAMP_PLACES.forEach(value -> pipe("places", value));
        HostileEvents.ODD_MEMBERS.forEach(value -> pipe("odd", value));
        HostileEvents.USERS.forEach(value -> pipe("späte \"Grüße\" 😀", value));
        advance(SECOND);
    }

    private void uncounted() {
        HostileEvents.UNCOUNTED.forEach(value -> pipe("device-7", value));
        pipe(null, json("{'evtName':'App Installed'}"));
        pipe(null, json("{'identity':'uncounted','evtName':'App Installed','evtData':{'CT Session ID':'kept'}}"));
        stream.pipe("device-7", json("{'type':'profile','identity':'uncounted'}"), now() + 2 * HOUR);
        stream.pipe("device-7", json("{'type':'profile','identity':'uncounted'}"), now() - 90 * HOUR);
        advance(SECOND);
    }

    private void times() {
        Stream.concat(HostileEvents.TIMES.stream(), HostileEvents.BAD_TIMES.stream())
                .forEach(time -> pipe("times", json("{'identity':'times','evtName':'Timed','ts':") + time + "}"));
        advance(SECOND);
    }

    private void fromOtherTimes() {
        long latest = now() + 5 * MINUTE;
        stream.event("ahead", latest, now());
        stream.event("ahead", latest + 1, now());
        stream.event("ahead", 99_999_999_999_999L, now());
        pipe("ahead", json("{'identity':'ahead','evtName':'Both','ts':253402300799,'evtData':1}"));
        stream.pipe("ahead", json("{'identity':'ahead','evtName':'By the record'}"), latest + 1);
        stream.pipe("ahead", "{", now() + 2 * HOUR);
        stream.pipe("old", "{", now() - 90 * HOUR);
        stream.event("old", now() - 90 * HOUR, now());
        stream.event("old", now() - 300 * MINUTE, now());
        advance(SECOND);
    }

    private void rejected() {
        HostileEvents.REJECTED.forEach(value -> pipe("rejected", value));
        byte[] overlong = bytes(json("{'identity':'rejected','evtName':'Seen','x':'__'}"));
        overlong[overlong.length - 4] = (byte) 0xC0;
        overlong[overlong.length - 3] = (byte) 0xAF;
        pipe(bytes("rejected"), overlong, new RecordHeaders());
        advance(SECOND);
    }

    private void keys() {
        byte[] event = bytes(json("{'identity':'in-payload','evtName':'Keyed'}"));
        for (byte[] key :
                List.of(new byte[0], new byte[] {(byte) 0xC0, (byte) 0xAF}, new byte[] {0, 1, 0x7F}, bytes("é😀"))) {
            pipe(key, event, new RecordHeaders());
            pipe(key, bytes("{"), new RecordHeaders());
            pipe(key, null, new RecordHeaders());
        }
        for (byte[] value : new byte[][] {event, bytes("{"), null}) {
            pipe(null, value, new RecordHeaders());
        }
        advance(SECOND);
    }

    private void headers() {
        for (String value : List.of(
                "{'identity':'headers','evtName':'Seen'}", "{'identity':'headers','type':'profile'}", "{'identity':")) {
            Headers headers = new RecordHeaders()
                    .add("trace", bytes("7"))
                    .add("ct-session-id", bytes("forged"))
                    .add("dead-letter-reason", bytes("forged"))
                    .add("trace", null)
                    .add("ct-session-id", bytes("forged too"))
                    .add("", new byte[] {0, (byte) 0xFF})
                    .add("größe", bytes("ß"));
            pipe(bytes("headers"), bytes(json(value)), headers);
        }
        advance(SECOND);
    }

    private void sizes() {
        for (int length : new int[] {19_500, MAX_BYTES - 1, 3 * MAX_BYTES}) {
            String text = "x".repeat(length);
            pipe("large", json("{'identity':'large','evtName':'Large','text':'" + text + "'}"));
            pipe("large", json("{'identity':'large','type':'profile','text':'" + text + "'}"));
            pipe("large", json("{'identity':'large','evtName':'Shrinks','evtData':{'CT Session ID':'" + text + "'}}"));
            pipe("large", "{" + text);
        }
        for (int length : new int[] {2_000, 5_000, 2 * MAX_BYTES}) {
            String user = "u".repeat(length);
            pipe(user, json("{'identity':'" + user + "','evtName':'Seen'}"));
            pipe(user, json("{'identity':'" + user + "','type':'profile'}"));
            pipe(user, null);
            pipe(bytes(user), bytes("{"), new RecordHeaders().add("large", new byte[MAX_BYTES]));
        }
        pipe(bytes("large"), bytes("{"), new RecordHeaders().add("large", new byte[MAX_BYTES]));
        advance(SECOND);
    }

    private void erased() {
        stream.event("erased", now());
        stream.event("erased", now() - HOUR, now());
        pipe("erased", null);
        pipe("erased", null);
        pipe("never-seen", null);
        advance(SECOND);
        stream.event("erased", now());
        advance(SECOND);
    }

    /** By event time: the wall clock advances in jumps, which do not count as idle time. */
    private void sessions() {
        long start = now();
        stream.event("gap", start);
        stream.event("merged", start);
        stream.event("amended", start);
        jump(20 * MINUTE);
        stream.event("gap", now());
        jump(20 * MINUTE + 1);
        stream.event("gap", now());
        stream.event("merged", start + 40 * MINUTE, now());
        stream.event("merged", start + 20 * MINUTE, now());
        jump(MINUTE);
        stream.event("amended", start + 10 * MINUTE, now());
        stream.event("amended", start - 10 * MINUTE, now());
        jump(21 * MINUTE);
        stream.event("gap", now());
        stream.event("amended", start + 30 * MINUTE, now());
        stream.event("open-merge", now());
        stream.event("open-merge", now() - 30 * MINUTE, now());
        stream.event("open-merge", now() - 60 * MINUTE, now());
        stream.event("open-merge", now() - 15 * MINUTE, now());
        stream.event("open-merge", now() - 45 * MINUTE, now());
        jump(22 * MINUTE);
        stream.event("gap", now());
        stream.event("late", now() - 20 * MINUTE, now());
        stream.event("late", now() - 40 * MINUTE - 1, now());
        jump(25 * MINUTE);
    }

    private void silence() {
        stream.event("silent", now());
        stream.caughtUp(false);
        advance(6 * SECOND);
        jump(21 * MINUTE);
        advance(6 * SECOND);
        stream.caughtUp(true);
        advance(6 * SECOND);
        stream.event("silent", now());
        stream.event("silent", now() - 30 * MINUTE, now());
        jump(21 * MINUTE);
        pipe("silent", "{");
        advance(6 * SECOND);
    }

    private void tracking() {
        stream.event("untracked", now());
        stream.tracking(false);
        stream.event("untracked", now() + SECOND, now());
        pipe("untracked", json("{'identity':'untracked','evtName':'Seen','evtData':{'CT Session ID':'kept'}}"));
        pipe("untracked", json("{'identity':'untracked','evtName':'UTM Visited'}"));
        pipe("untracked", "{");
        pipe("silent", null);
        stream.event("only-untracked", now());
        jump(21 * MINUTE);
        stream.event("untracked", now());
        advance(6 * SECOND);
        stream.tracking(true);
        stream.event("untracked", now());
        advance(SECOND);
    }

    private void moreSessionsThanAreRemembered() {
        for (int i = 2 * MAX_SESSIONS; i > 0; i--) {
            stream.event("many", now() - i * HOUR, now());
        }
        stream.event("many", now() - 2 * MAX_SESSIONS * HOUR, now());
        advance(SECOND);
        stream.event("untracked", now());
    }

    /** Users who come and go, some events late by up to two hours. */
    private void crowd() {
        Random random = new Random(42);
        for (int i = 0; i < 120; i++) {
            jump(random.nextInt(4) * MINUTE + 7 * SECOND);
            stream.event("user-" + random.nextInt(9), now() - random.nextInt(6) * random.nextInt(20) * MINUTE, now());
        }
        jump(30 * MINUTE);
        advance(6 * SECOND);
    }

    private void amendedAfterADay() {
        stream.event("user-1", now());
        jump(13 * HOUR);
        stream.event("user-2", now());
        jump(11 * HOUR);
        stream.event("user-1", now() - 24 * HOUR, now());
        advance(6 * SECOND);
        jump(21 * MINUTE);
        stream.event("user-3", now());
        advance(SECOND);
    }

    /** Concludes in silence what is open, and removes all users. */
    private void forget() {
        jump(25 * HOUR);
        advance(6 * SECOND);
    }

    /** Rows of the board are kept for 32 days. */
    private void monthLater() {
        jump(Duration.ofDays(40).toMillis());
        stream.event("user-1", now());
        advance(2 * SECOND);
        jump(21 * MINUTE);
        advance(6 * SECOND);
    }

    private long now() {
        return stream.wall();
    }

    private void advance(long ms) {
        stream.pollUntil(now() + ms);
    }

    private void jump(long ms) {
        stream.jumpTo(now() + ms);
    }

    private void pipe(String key, String value) {
        stream.pipe(key, value, now());
    }

    private void pipe(byte[] key, byte[] value, Headers headers) {
        stream.pipe(key, value, now(), headers);
    }
}
