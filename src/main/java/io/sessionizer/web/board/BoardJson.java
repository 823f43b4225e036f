package io.sessionizer.web.board;

import com.fasterxml.jackson.core.JsonGenerator;
import io.sessionizer.stats.LengthDistribution;
import io.sessionizer.stats.LengthDistribution.LengthClass;
import io.sessionizer.stats.SessionStats;
import io.sessionizer.web.board.BoardSummary.DayStats;
import io.sessionizer.web.http.JsonBody;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;

/** Writes the board as JSON. */
final class BoardJson {
    private BoardJson() {}

    /**
     * @param zone the zone's name; the board is of a zone whose clocks agree with it
     * @param gapSeconds the inactivity gap, in whole seconds
     * @param tracking state of the tracking switch
     */
    static byte[] of(String zone, BoardSummary board, long gapSeconds, boolean tracking) {
        return JsonBody.object(json -> {
            json.writeStringField("zone", zone);
            json.writeStringField("now", board.now().toInstant().toString());
            json.writeStringField("today", board.now().toLocalDate().toString());
            json.writeNumberField("gapSeconds", gapSeconds);
            json.writeBooleanField("tracking", tracking);
            json.writeBooleanField("isEmpty", board.isEmpty());
            writeNumbers(json, board);
        });
    }

    private static void writeNumbers(JsonGenerator json, BoardSummary board) throws IOException {
        writePair(
                json,
                "sessions",
                OptionalLong.of(board.today().sessions()),
                OptionalLong.of(board.before().sessions()));
        json.writeObjectFieldStart("activeUsers");
        json.writeNumberField("now", board.activeUsers().now());
        JsonBody.writeLong(json, "dayBefore", board.activeUsers().dayBefore());
        json.writeEndObject();
        writePair(
                json,
                "medianSeconds",
                new LengthDistribution(board.today()).median(),
                new LengthDistribution(board.before()).median());
        writePair(
                json,
                "totalSeconds",
                OptionalLong.of(board.today().lengthSeconds()),
                OptionalLong.of(board.before().lengthSeconds()));
        writeLengths(json, board.last30Days());
        writeDays(json, board.days());
    }

    private static void writePair(JsonGenerator json, String name, OptionalLong today, OptionalLong before)
            throws IOException {
        json.writeObjectFieldStart(name);
        JsonBody.writeLong(json, "today", today);
        JsonBody.writeLong(json, "dayBefore", before);
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
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
