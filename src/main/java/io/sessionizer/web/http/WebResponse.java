package io.sessionizer.web.http;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a route answers.
 *
 * @param status of HTTP
 * @param headers besides those that every response has
 * @param body not to be changed
 */
public record WebResponse(int status, Map<String, String> headers, byte[] body) {
    private static final String TYPE = "Content-Type";
    private static final String CACHING = "Cache-Control";

    /** A JSON document, which nobody may store: it is about now, and about users. */
    public static WebResponse json(int status, byte[] body) {
        return of(status, "application/json", body);
    }

    /** Text of a media type, which nobody may store. */
    public static WebResponse of(int status, String type, byte[] body) {
        return new WebResponse(status, Map.of(TYPE, type, CACHING, "no-store"), body);
    }

    public static WebResponse error(int status, String sentence) {
        return json(status, JsonBody.object(json -> json.writeStringField("error", sentence)));
    }

    /** The same with further headers. */
    public WebResponse with(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.putAll(more);
        return new WebResponse(status, all, body);
    }
}
