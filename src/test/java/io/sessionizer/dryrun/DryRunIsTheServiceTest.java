package io.sessionizer.dryrun;

import static io.sessionizer.kafka.StreamDriver.bytes;
import static io.sessionizer.kafka.StreamDriver.header;
import static io.sessionizer.kafka.StreamDriver.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.dryrun.LineResult.Counted;
import io.sessionizer.dryrun.LineResult.DeadLettered;
import io.sessionizer.dryrun.LineResult.LineVerdict;
import io.sessionizer.kafka.StreamDriver;
import io.sessionizer.kafka.TestSettings;
import io.sessionizer.kafka.config.SessionizerSettings;
import io.sessionizer.kafka.config.SessionizerSettings.Uncounted;
import io.sessionizer.kafka.config.SessionizerSettings.UserFrom;
import io.sessionizer.kafka.topics.OutputLimits;
import io.sessionizer.kafka.topics.TopicLimit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** For random lines, the topology and the dry run give the same stamped bytes, reasons and details. */
class DryRunIsTheServiceTest {
    private static final long WALL = Instant.parse("2016-07-12T11:00:00Z").toEpochMilli();
    private static final int LINES = 1_500;

    @ParameterizedTest
    @CsvSource({"KEY, DROP", "KEY, FORWARD", "PAYLOAD, DROP", "PAYLOAD, FORWARD"})
    void bothSayTheSame(UserFrom userFrom, Uncounted uncounted) {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        SessionizerSettings settings = TestSettings.of(userFrom, uncounted, Map.of());
        OutputLimits limits = StreamDriver.limits(new TopicLimit(2_000, Long.MAX_VALUE, 3_600_000, Long.MAX_VALUE));
        DryRun dryRun = new DryRun(new DryRunRules(
                settings.input().format(),
                settings.rules(),
                limits.ofInput(settings.clock().maxFutureMs()),
                userFrom == UserFrom.PAYLOAD,
                uncounted == Uncounted.FORWARD));
        List<String> stamped = new ArrayList<>();
        List<String> letters = new ArrayList<>();
        List<String> expectedStamped = new ArrayList<>();
        List<String> expectedLetters = new ArrayList<>();
        try (StreamDriver stream = new StreamDriver(settings, WALL, limits)) {
            for (int i = 0; i < LINES; i++) {
                String user = "u" + random.nextInt(8);
                String value = value(random, user, i);
                // a user that is not in the value is not in the key, either
                byte[] key = userFrom == UserFrom.PAYLOAD ? null : value.contains("identity") ? bytes(user) : null;
                stream.pipe(key, bytes(value), WALL, new RecordHeaders());
                LineVerdict verdict = dryRun.read(i + 1, bytes(value), WALL).verdict();
                if (verdict instanceof Counted counted) {
                    expectedStamped.add(text(counted.stamped()));
                } else if (verdict instanceof DeadLettered letter) {
                    expectedLetters.add(letter.rejection().reason() + " " + detail(letter, userFrom));
                } else if (uncounted == Uncounted.FORWARD) {
                    expectedStamped.add(value);
                }
            }
            stream.enriched().forEach(record -> stamped.add(text(record.value())));
            stream.deadLetters().forEach(record -> letters.add(letter(record, userFrom)));
        }
        assertEquals(expectedStamped, stamped, "seed " + seed);
        assertEquals(expectedLetters, letters, "seed " + seed);
        assertTrue(expectedLetters.size() > 50 && expectedStamped.size() > 500, "seed " + seed);
    }

    /** The detail describes a missing key; a line has no key. */
    private static String detail(DeadLettered letter, UserFrom userFrom) {
        String reason = letter.rejection().reason().name();
        return userFrom == UserFrom.KEY && reason.equals("NO_USER")
                ? ""
                : letter.rejection().detail();
    }

    private static String letter(TestRecord<byte[], byte[]> record, UserFrom userFrom) {
        String reason = header(record, "dead-letter-reason");
        return reason + " "
                + (userFrom == UserFrom.KEY && reason.equals("NO_USER") ? "" : header(record, "dead-letter-detail"));
    }

    private static String value(Random random, String user, int line) {
        // four days of activity in order, some of it late or in the future
        long time = WALL - (LINES - line) * 240_000L - (random.nextInt(10) == 0 ? random.nextInt(200_000_000) : 0);
        time += random.nextInt(50) == 0 ? 1_000_000_000L : 0;
        String identity = random.nextInt(20) == 0 ? "" : "\"identity\":\"" + user + "\",";
        String name =
                pick(random, "\"evtName\":\"Seen\"", "\"evtName\":\"App Installed\"", "\"evtName\":\"\"", "\"a\":1");
        String ts = pick(random, "\"ts\":" + time, "\"ts\":\"noon\"", "\"ts\":null", "\"type\":\"profile\"");
        String data = pick(
                random,
                "\"evtData\":{\"CT Source\":\"Web\"}",
                "\"evtData\":{\"CT Source\":\"API\"}",
                "\"evtData\":[]",
                "\"b\":\"" + "x".repeat(random.nextInt(3_000)) + "\"");
        String value = "{" + identity + name + "," + ts + "," + data + "}";
        return random.nextInt(30) == 0 ? value.substring(0, random.nextInt(value.length())) : value;
    }

    /** Most often the first element. */
    private static String pick(Random random, String... texts) {
        return texts[random.nextInt(4) > 0 ? 0 : random.nextInt(texts.length)];
    }
}
