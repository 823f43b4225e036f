package io.sessionizer.web.board;

import com.fasterxml.jackson.core.JsonGenerator;
import io.sessionizer.event.UncountedReason;
import io.sessionizer.stats.LengthDistribution;
import io.sessionizer.stats.LengthDistribution.LengthClass;
import io.sessionizer.stats.SessionStats;
import io.sessionizer.web.board.BoardSummary.DayStats;
import io.sessionizer.web.http.JsonBody;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** Writes the board as JSON. */
final class BoardJson {
    private BoardJson() {}

    /**
     * @param zone the zone's name; the board is of a zone whose clocks agree with it
     * @param gapSeconds the inactivity gap, in whole seconds
     */
    static byte[] of(String zone, BoardSummary board, long gapSeconds, BoardNotices notices) {
        return JsonBody.object(json -> {
            json.writeStringField("zone", zone);
            json.writeStringField("now", board.now().toInstant().toString());
            json.writeStringField("today", board.now().toLocalDate().toString());
            json.writeNumberField("gapSeconds", gapSeconds);
            json.writeBooleanField("tracking", notices.isTracking());
            write(json, notices.nearlyAllUncounted());
            json.writeStringField("since", board.since().map(Instant::toString).orElse(null));
            writeNumbers(json, board);
        });
    }

    private static void write(JsonGenerator json, Optional<UncountedReason> nearlyAllUncounted) throws IOException {
        if (nearlyAllUncounted.isEmpty()) {
            json.writeNullField("nearlyAllUncounted");
            return;
        }
        UncountedReason reason = nearlyAllUncounted.get();
        json.writeObjectFieldStart("nearlyAllUncounted");
        json.writeStringField("part", reason.part().toString());
        json.writeStringField("value", reason.value());
        json.writeArrayFieldStart("settings");
        for (String setting : reason.part().settings()) {
            json.writeString(setting);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void writeNumbers(JsonGenerator json, BoardSummary board) throws IOException {
        write(json, "sessions", board, stats -> OptionalLong.of(stats.sessions()));
        json.writeObjectFieldStart("activeUsers");
        json.writeNumberField("now", board.activeUsers());
        JsonBody.writeLong(json, "dayBefore", board.comparisons().dayBefore().activeUsers());
        JsonBody.writeLong(json, "weekBefore", board.comparisons().weekBefore().activeUsers());
        json.writeEndObject();
        write(json, "medianSeconds", board, stats -> new LengthDistribution(stats).median());
        write(json, "totalSeconds", board, stats -> OptionalLong.of(stats.lengthSeconds()));
        writeLengths(json, board.last30Days());
        writeDays(json, board.days());
    }

    private static void write(
            JsonGenerator json, String name, BoardSummary board, Function<SessionStats, OptionalLong> figure)
            throws IOException {
        json.writeObjectFieldStart(name);
        JsonBody.writeLong(json, "today", figure.apply(board.today()));
        JsonBody.writeLong(
                json, "dayBefore", figure.apply(board.comparisons().dayBefore().stats()));
        JsonBody.writeLong(
                json,
                "weekBefore",
                figure.apply(board.comparisons().weekBefore().stats()));
        json.writeEndObject();
    }

    private static void writeLengths(JsonGenerator json, SessionStats stats) throws IOException {
        LengthDistribution lengths = new LengthDistribution(stats);
        json.writeObjectFieldStart("lengths");
        json.writeNumberField("sessions", stats.sessions());
        JsonBody.writeLong(json, "medianSeconds", lengths.median());
        JsonBody.writeLong(json, "p90Seconds", lengths.p90());
        json.writeArrayFieldStart("classes");
        for (LengthClass lengthClass : lengths.classes()) {
            json.writeStartObject();
            json.writeNumberField("fromSeconds", lengthClass.fromSeconds());
            JsonBody.writeLong(json, "toSeconds", lengthClass.toSeconds());
            json.writeNumberField("sessions", lengthClass.sessions());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void writeDays(JsonGenerator json, List<DayStats> days) throws IOException {
        json.writeArrayFieldStart("days");
        for (DayStats day : days) {
            json.writeStartObject();
            json.writeStringField("day", day.date().toString());
            json.writeNumberField("sessions", day.stats().sessions());
            json.writeNumberField("totalSeconds", day.stats().lengthSeconds());
            json.writeNumberField("events", day.stats().events());
            LengthDistribution lengths = new LengthDistribution(day.stats());
            JsonBody.writeLong(json, "medianSeconds", lengths.median());
            JsonBody.writeLong(json, "p90Seconds", lengths.p90());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
