package io.sessionizer.board;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a route answers.
 *
 * @param status of HTTP
 * @param headers besides those that every response has
 * @param body not to be changed
 */
public record Answer(int status, Map<String, String> headers, byte[] body) {
    private static final String TYPE = "Content-Type";
    private static final String CACHING = "Cache-Control";

    /** A JSON document, which nobody may store: it is about now, and about users. */
    public static Answer json(int status, byte[] body) {
        return of(status, "application/json", body);
    }

    /** Text of a media type, which nobody may store. */
    public static Answer of(int status, String type, byte[] body) {
        return new Answer(status, Map.of(TYPE, type, CACHING, "no-store"), body);
    }

    public static Answer error(int status, String sentence) {
        return json(status, Json.object(json -> json.writeStringField("error", sentence)));
    }

    /** The same with further headers. */
    public Answer with(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.putAll(more);
        return new Answer(status, all, body);
    }
}
