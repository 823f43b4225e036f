package io.sessionizer.record;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.sessionizer.event.UncountedReason;
import io.sessionizer.event.UncountedReason.EventPart;
import io.sessionizer.stats.LengthBuckets;
import io.sessionizer.stats.OpenCounts;
import io.sessionizer.stats.QuarterHour;
import io.sessionizer.stats.QuarterHourStats;
import io.sessionizer.stats.SessionStats;
import io.sessionizer.stats.StatsRow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Serializes rows of the board topic. The key is {@code <application.id>/<partition>/<start of the
 * quarter-hour, epoch s>}, or {@code …/now}. The value is JSON; a tombstone means that the quarter-hour is past its
 * retention.
 */
public final class StatsRowCodec {
    private static final String LIVE = "now";
    private static final String SESSIONS = "Sessions";
    private static final String LENGTH_SUM = "Session Length Sum";
    private static final String EVENTS = "Event Count";
    private static final String ACTIVE_USERS = "Active Users";
    private static final String BECAME_ACTIVE = "Became Active";
    private static final String BECAME_INACTIVE = "Became Inactive";
    private static final String OPEN_SESSIONS = "Open Sessions";
    private static final String UNCOUNTED_PART = "Uncounted Part";
    private static final String UNCOUNTED_VALUE = "Uncounted Value";
    private static final String LENGTHS = "Lengths";

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** Upper bound of a row's value, in bytes. */
    public static final int MAX_LENGTH = 300 + 2 * 20 * LengthBuckets.COUNT;

    private StatsRowCodec() {}

    public static byte[] key(String applicationId, StatsRow row) {
        String last = row instanceof StatsRow.QuarterHourRow quarterHourRow
                ? startSeconds(quarterHourRow.quarterHour())
                : row instanceof StatsRow.ExpiredRow expiredRow ? startSeconds(expiredRow.quarterHour()) : LIVE;
        return (applicationId + "/" + row.partition() + "/" + last).getBytes(StandardCharsets.UTF_8);
    }

    private static String startSeconds(long quarterHour) {
        return Long.toString(QuarterHour.start(quarterHour) / 1000);
    }

    /** The record's value; empty (a tombstone) for a {@link StatsRow.ExpiredRow}. */
    public static Optional<byte[]> value(StatsRow row) {
        String json = "";
        if (row instanceof StatsRow.QuarterHourRow quarterHourRow) {
            json = quarterHourJson(quarterHourRow);
        } else if (row instanceof StatsRow.LiveRow liveRow) {
            json = "{\"partition\":" + liveRow.partition() + ",\"" + ACTIVE_USERS + "\":"
                    + liveRow.open().activeUsers() + ",\"" + OPEN_SESSIONS + "\":"
                    + liveRow.open().openSessions()
                    + liveRow.nearlyAllUncounted().map(StatsRowCodec::members).orElse("") + "}";
        }
        return json.isEmpty() ? Optional.empty() : Optional.of(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String members(UncountedReason reason) {
        String value = new String(JsonStringEncoder.getInstance().quoteAsString(reason.value()));
        return ",\"" + UNCOUNTED_PART + "\":\"" + reason.part() + "\",\"" + UNCOUNTED_VALUE + "\":\"" + value + "\"";
    }

    private static String quarterHourJson(StatsRow.QuarterHourRow row) {
        SessionStats stats = row.stats().sessions();
        String lengths = IntStream.range(0, LengthBuckets.COUNT)
                .filter(bucket -> stats.inBucket(bucket) != 0)
                .mapToObj(bucket -> "[" + LengthBuckets.lowerBound(bucket) + "," + stats.inBucket(bucket) + "]")
                .collect(Collectors.joining(","));
        return "{\"partition\":" + row.partition() + ",\"quarter\":\""
                + Instant.ofEpochMilli(QuarterHour.start(row.quarterHour())) + "\",\"" + SESSIONS + "\":"
                + stats.sessions()
                + ",\"" + LENGTH_SUM + "\":" + stats.lengthSeconds() + ",\"" + EVENTS + "\":" + stats.events()
                + ",\"" + BECAME_ACTIVE + "\":" + row.stats().becameActive() + ",\"" + BECAME_INACTIVE + "\":"
                + row.stats().becameInactive() + ",\"" + LENGTHS + "\":[" + lengths + "]}";
    }

    /**
     * Reads a record of the topic. Accepts any bytes.
     *
     * @param key may be null
     * @param value null for a tombstone
     * @return empty if it is not a row of this application or cannot be parsed
     */
    public static Optional<StatsRow> read(String applicationId, byte[] key, byte[] value) {
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

    private static Optional<StatsRow> row(int partition, String last, byte[] value) throws IOException {
        boolean isLive = last.equals(LIVE);
        long start = isLive ? 0 : Math.multiplyExact(Long.parseLong(last), 1000L);
        if (partition < 0 || start < 0 || start % QuarterHour.MS != 0) {
            return Optional.empty();
        }
        if (value == null) {
            return isLive ? Optional.empty() : Optional.of(new StatsRow.ExpiredRow(partition, QuarterHour.of(start)));
        }
        SessionStats stats = new SessionStats();
        RowFields fields = fields(value, stats);
        Map<String, Long> numbers = fields.numbers();
        if (isLive) {
            OpenCounts open = new OpenCounts(required(numbers, ACTIVE_USERS), required(numbers, OPEN_SESSIONS));
            return Optional.of(new StatsRow.LiveRow(partition, open, fields.uncountedReason()));
        }
        stats.addSums(required(numbers, LENGTH_SUM), required(numbers, EVENTS));
        if (stats.sessions() != required(numbers, SESSIONS)) {
            return Optional.empty();
        }
        QuarterHourStats quarterHour =
                new QuarterHourStats(stats, required(numbers, BECAME_ACTIVE), required(numbers, BECAME_INACTIVE));
        return Optional.of(new StatsRow.QuarterHourRow(partition, QuarterHour.of(start), quarterHour));
    }

    private static long required(Map<String, Long> numbers, String name) {
        Long number = numbers.get(name);
        if (number == null) {
            throw new IllegalArgumentException(name + ": must be a number. Found: none");
        }
        return number;
    }

    /** An object's numbers and strings by name. */
    private record RowFields(Map<String, Long> numbers, Map<String, String> texts) {
        Optional<UncountedReason> uncountedReason() {
            String value = texts.getOrDefault(UNCOUNTED_VALUE, "");
            return EventPart.find(texts.getOrDefault(UNCOUNTED_PART, "")).map(part -> new UncountedReason(part, value));
        }
    }

    /** The members of the object; the session lengths are added to {@code stats}. */
    private static RowFields fields(byte[] value, SessionStats stats) throws IOException {
        RowFields fields = new RowFields(new HashMap<>(), new HashMap<>());
        try (JsonParser json = JSON.createParser(value)) {
            require(json.nextToken() == JsonToken.START_OBJECT);
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String name = json.currentName();
                JsonToken token = json.nextToken();
                if (name.equals(LENGTHS)) {
                    readLengths(json, stats);
                } else if (token == JsonToken.VALUE_NUMBER_INT) {
                    require(json.getLongValue() >= 0);
                    fields.numbers().put(name, json.getLongValue());
                } else if (token == JsonToken.VALUE_STRING) {
                    fields.texts().put(name, json.getText());
                } else {
                    json.skipChildren();
                }
            }
            require(json.nextToken() == null);
        }
        return fields;
    }

    private static void readLengths(JsonParser json, SessionStats stats) throws IOException {
        require(json.currentToken() == JsonToken.START_ARRAY);
        while (json.nextToken() != JsonToken.END_ARRAY) {
            require(json.currentToken() == JsonToken.START_ARRAY);
            long from = number(json);
            long sessions = number(json);
            require(json.nextToken() == JsonToken.END_ARRAY && from >= 0 && sessions >= 0);
            int bucket = LengthBuckets.bucketOf(from);
            require(LengthBuckets.lowerBound(bucket) == from && stats.inBucket(bucket) == 0);
            stats.addToBucket(bucket, sessions);
        }
    }

    private static long number(JsonParser json) throws IOException {
        require(json.nextToken() == JsonToken.VALUE_NUMBER_INT);
        return json.getLongValue();
    }

    private static void require(boolean isValid) {
        if (!isValid) {
            throw new IllegalArgumentException("board row: must have the written format");
        }
    }
}
