package io.sessionizer.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.sessionizer.session.Figures;
import io.sessionizer.session.LengthSteps;
import io.sessionizer.session.Quarter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Rows of the board topic as bytes. The key says what a row is of: {@code <application.id>/<partition>/<start of the
 * quarter-hour, epoch s>}, or {@code …/now}. The value is JSON; no value means that the quarter-hour is no longer kept.
 */
public final class BoardRowCodec {
    private static final String NOW = "now";
    private static final String SESSIONS = "Sessions";
    private static final String LENGTH_SUM = "Session Length Sum";
    private static final String EVENTS = "Event Count";
    private static final String ACTIVE_USERS = "Active Users";
    private static final String OPEN_SESSIONS = "Open Sessions";
    private static final String LENGTHS = "Lengths";

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** No row is longer than this, in bytes: names and numbers of the longest. */
    public static final int MAX_LENGTH = 300 + 2 * 20 * LengthSteps.COUNT;

    private BoardRowCodec() {}

    public static byte[] key(String applicationId, BoardRow row) {
        String last = row instanceof BoardRow.Counted counted
                ? seconds(counted.quarter())
                : row instanceof BoardRow.Removed removed ? seconds(removed.quarter()) : NOW;
        return (applicationId + "/" + row.partition() + "/" + last).getBytes(StandardCharsets.UTF_8);
    }

    private static String seconds(long quarter) {
        return Long.toString(Quarter.start(quarter) / 1000);
    }

    /** The record's value; none for a {@link BoardRow.Removed}. */
    public static Optional<byte[]> value(BoardRow row) {
        String json = "";
        if (row instanceof BoardRow.Counted counted) {
            json = counted(counted);
        } else if (row instanceof BoardRow.Now now) {
            json = "{\"partition\":" + now.partition() + ",\"" + ACTIVE_USERS + "\":" + now.activeUsers() + ",\""
                    + OPEN_SESSIONS + "\":" + now.openSessions() + "}";
        }
        return json.isEmpty() ? Optional.empty() : Optional.of(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String counted(BoardRow.Counted row) {
        Figures figures = row.figures();
        String lengths = IntStream.range(0, LengthSteps.COUNT)
                .filter(step -> figures.ofLength(step) != 0)
                .mapToObj(step -> "[" + LengthSteps.from(step) + "," + figures.ofLength(step) + "]")
                .collect(Collectors.joining(","));
        return "{\"partition\":" + row.partition() + ",\"quarter\":\""
                + Instant.ofEpochMilli(Quarter.start(row.quarter())) + "\",\"" + SESSIONS + "\":" + figures.sessions()
                + ",\"" + LENGTH_SUM + "\":" + figures.lengthSeconds() + ",\"" + EVENTS + "\":" + figures.events()
                + ",\"" + ACTIVE_USERS + "\":" + row.activeUsers() + ",\"" + LENGTHS + "\":[" + lengths + "]}";
    }

    /**
     * Reads a record of the topic, whatever its bytes.
     *
     * @param key may be null
     * @param value null where the row is removed
     * @return empty where it is no row of this application, or not to be understood
     */
    public static Optional<BoardRow> read(String applicationId, byte[] key, byte[] value) {
        String text = key == null ? "" : new String(key, StandardCharsets.UTF_8);
        if (!text.startsWith(applicationId + "/")) {
            return Optional.empty();
        }
        String[] parts = text.substring(applicationId.length() + 1).split("/", -1);
        try {
            return parts.length == 2 ? row(Integer.parseUnsignedInt(parts[0]), parts[1], value) : Optional.empty();
        } catch (IOException | IllegalArgumentException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    private static Optional<BoardRow> row(int partition, String last, byte[] value) throws IOException {
        boolean isNow = last.equals(NOW);
        long start = isNow ? 0 : Math.multiplyExact(Long.parseLong(last), 1000L);
        if (partition < 0 || start < 0 || start % Quarter.MS != 0) {
            return Optional.empty();
        }
        if (value == null) {
            return isNow ? Optional.empty() : Optional.of(new BoardRow.Removed(partition, Quarter.of(start)));
        }
        Figures figures = new Figures();
        Map<String, Long> numbers = numbers(value, figures);
        if (isNow) {
            return Optional.of(new BoardRow.Now(partition, of(numbers, ACTIVE_USERS), of(numbers, OPEN_SESSIONS)));
        }
        figures.countSums(of(numbers, LENGTH_SUM), of(numbers, EVENTS));
        if (figures.sessions() != of(numbers, SESSIONS)) {
            return Optional.empty();
        }
        return Optional.of(new BoardRow.Counted(partition, Quarter.of(start), figures, of(numbers, ACTIVE_USERS)));
    }

    private static long of(Map<String, Long> numbers, String name) {
        Long number = numbers.get(name);
        if (number == null) {
            throw new IllegalArgumentException(name + ": must be a number. Found: none");
        }
        return number;
    }

    /** The object's numbers by name; its lengths are counted into {@code figures}. */
    private static Map<String, Long> numbers(byte[] value, Figures figures) throws IOException {
        Map<String, Long> numbers = new HashMap<>();
        try (JsonParser json = JSON.createParser(value)) {
            require(json.nextToken() == JsonToken.START_OBJECT);
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String name = json.currentName();
                JsonToken token = json.nextToken();
                if (name.equals(LENGTHS)) {
                    readLengths(json, figures);
                } else if (token == JsonToken.VALUE_NUMBER_INT) {
                    numbers.put(name, json.getLongValue());
                } else {
                    json.skipChildren();
                }
            }
            require(json.nextToken() == null);
        }
        return numbers;
    }

    private static void readLengths(JsonParser json, Figures figures) throws IOException {
        require(json.currentToken() == JsonToken.START_ARRAY);
        while (json.nextToken() != JsonToken.END_ARRAY) {
            require(json.currentToken() == JsonToken.START_ARRAY);
            long from = number(json);
            long sessions = number(json);
            require(json.nextToken() == JsonToken.END_ARRAY && from >= 0);
            int step = LengthSteps.of(from);
            require(LengthSteps.from(step) == from && figures.ofLength(step) == 0);
            figures.countLengths(step, sessions);
        }
    }

    private static long number(JsonParser json) throws IOException {
        require(json.nextToken() == JsonToken.VALUE_NUMBER_INT);
        return json.getLongValue();
    }

    private static void require(boolean isAsWritten) {
        if (!isAsWritten) {
            throw new IllegalArgumentException("board row: must be as it is written");
        }
    }
}
