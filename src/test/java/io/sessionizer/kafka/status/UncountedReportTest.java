package io.sessionizer.kafka.status;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sessionizer.event.UncountedReason;
import io.sessionizer.event.UncountedReason.EventPart;
import io.sessionizer.guarantee.support.LogLines;
import io.sessionizer.kafka.StreamDriver;
import io.sessionizer.kafka.TestSettings;
import io.sessionizer.kafka.config.SessionizerSettings.Uncounted;
import io.sessionizer.kafka.config.SessionizerSettings.UserFrom;
import io.sessionizer.record.StatsRowCodec;
import io.sessionizer.stats.RecentEvents;
import io.sessionizer.stats.StatsRow;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** While nearly all events of a stream do not count, this is reported with the reason. */
class UncountedReportTest {
    private static final long ELEVEN = Instant.parse("2016-07-12T11:00:00Z").toEpochMilli();
    private static final String PROFILE = "{\"evtName\":\"a\",\"type\":\"profile\\nWARN\"}";
    private static final Optional<UncountedReason> REASON =
            Optional.of(new UncountedReason(EventPart.TYPE, "profile\nWARN"));
    private static final String BEGINS =
            "At least 99 % of the last 1000 events do not count, most often because of type \"profile\ufffdWARN\"."
                    + " They are in no session. If they should count, check event.type.field and event.types";
    private static final String ENDS = "More than 5 % of the last 1000 events count again";

    @ParameterizedTest
    @EnumSource(UserFrom.class)
    void logsOnceThatItBegins_andOnceThatItEnds(UserFrom userFrom) {
        try (StreamDriver stream = driver(userFrom);
                LogLines log = LogLines.open()) {
            pipe(stream, 989, PROFILE);
            assertEquals(Optional.empty(), stream.counters().nearlyAllUncounted());
            // dead letters and erasures are not included
            pipe(stream, 100, "{");
            pipe(stream, 100, null);
            pipe(stream, 1, PROFILE);
            assertEquals(REASON, stream.counters().nearlyAllUncounted());
            assertEquals(List.of(BEGINS), log.with("99 %"));
            pipe(stream, 1000, PROFILE.replace("profile", "another"));
            count(stream, 50);
            assertEquals(REASON, stream.counters().nearlyAllUncounted());
            assertEquals(0, log.count(ENDS));
            count(stream, 1);
            assertEquals(Optional.empty(), stream.counters().nearlyAllUncounted());
            assertEquals(List.of(BEGINS), log.with("99 %"));
            assertEquals(1, log.count(ENDS));
        }
    }

    /** For the boards of all instances. */
    @ParameterizedTest
    @EnumSource(UserFrom.class)
    void isInTheBoardTopic_untilItEnds(UserFrom userFrom) {
        try (StreamDriver stream = driver(userFrom)) {
            count(stream, 1);
            assertEquals(List.of(Optional.empty()), published(stream));
            pipe(stream, RecentEvents.SIZE, PROFILE);
            assertEquals(List.of(REASON), published(stream));
            pipe(stream, RecentEvents.SIZE, PROFILE);
            assertEquals(List.of(), published(stream), "once");
            stream.restart();
            pipe(stream, 1, PROFILE);
            assertEquals(List.of(REASON), published(stream), "the instance is the same");
            count(stream, 60);
            assertEquals(List.of(Optional.empty()), published(stream));
        }
    }

    /** The reports in the live rows that were written since the last call. */
    private static List<Optional<UncountedReason>> published(StreamDriver stream) {
        return stream.board().stream()
                .flatMap(record -> StatsRowCodec.read("sessionizer", record.key(), record.value()).stream())
                .filter(StatsRow.LiveRow.class::isInstance)
                .map(row -> ((StatsRow.LiveRow) row).nearlyAllUncounted())
                .toList();
    }

    private static StreamDriver driver(UserFrom userFrom) {
        Map<String, String> kafka = Map.of("processing.guarantee", "at_least_once");
        return new StreamDriver(TestSettings.of(userFrom, Uncounted.DROP, kafka), ELEVEN);
    }

    private static void count(StreamDriver stream, int events) {
        for (int i = 0; i < events; i++) {
            stream.event("u", stream.wall());
        }
        tick(stream);
    }

    private static void pipe(StreamDriver stream, int records, String value) {
        for (int i = 0; i < records; i++) {
            stream.pipe("u", value, stream.wall());
        }
        tick(stream);
    }

    private static void tick(StreamDriver stream) {
        stream.pollUntil(stream.wall() + 2_000);
    }
}
