package io.sessionizer.web.http;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The response of a route.
 *
 * @param status of HTTP
 * @param headers in addition to those of every response
 * @param body must not be modified
 */
public record WebResponse(int status, Map<String, String> headers, byte[] body) {
    /** Header of the signature of a response to another instance. */
    public static final String PEER_HEADER = "sessionizer-answer";

    private static final String TYPE = "Content-Type";
    private static final String CACHING = "Cache-Control";

    /** A JSON document that must not be cached, since it is current and about users. */
    public static WebResponse json(int status, byte[] body) {
        return of(status, "application/json", body);
    }

    /** Text of a media type that must not be cached. */
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
