package io.sessionizer.web.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Pages and their resources, from the class path: cached in memory, and served with an ETag so that browsers cache them
 * too.
 */
public final class StaticFiles {
    private static final String FOLDER = "/io/sessionizer/web/";
    private static final String CHART_JS =
            "/META-INF/resources/webjars/chart.js/" + BuildVersions.chartJs() + "/dist/chart.umd.js";
    private static final Pattern ASSET = Pattern.compile("[a-z0-9-]{1,60}\\.(?:js|css|svg)");

    private final Map<String, StaticFile> files = new ConcurrentHashMap<>();

    /**
     * A file in memory.
     *
     * @param tag the value of the header ETag
     */
    private record StaticFile(byte[] bytes, String tag) {}

    /** A page, or another file in the same folder; it must exist. */
    public WebResponse page(WebRequest request, String name) {
        return response(request, FOLDER + name).orElseThrow(() -> new IllegalStateException(name + ": must be there"));
    }

    /** @throws HttpException if there is no such asset */
    public WebResponse asset(WebRequest request, String name) {
        return Optional.of(name)
                .filter(asset -> ASSET.matcher(asset).matches())
                .flatMap(asset -> response(request, FOLDER + "assets/" + asset))
                .orElseThrow(() -> HttpException.of(404, "There is no such asset."));
    }

    /** The library that draws the charts, from its WebJar. */
    public WebResponse chartJs(WebRequest request) {
        return response(request, CHART_JS).orElseThrow(() -> new IllegalStateException(CHART_JS + ": must be there"));
    }

    private Optional<WebResponse> response(WebRequest request, String resource) {
        Optional<StaticFile> found = Optional.ofNullable(files.get(resource)).or(() -> load(resource));
        return found.map(file -> {
            Map<String, String> headers =
                    Map.of("Content-Type", type(resource), "Cache-Control", "no-cache", "ETag", file.tag());
            boolean isUnchanged = request.header("if-none-match")
                    .filter(tags -> matchesAny(file.tag(), tags))
                    .isPresent();
            return isUnchanged
                    ? new WebResponse(304, headers, new byte[0])
                    : new WebResponse(200, headers, file.bytes());
        });
    }

    private static boolean matchesAny(String tag, String tags) {
        return Arrays.stream(tags.split(","))
                .map(String::trim)
                .anyMatch(known -> known.equals("*") || known.equals(tag) || known.equals("W/" + tag));
    }

    private Optional<StaticFile> load(String resource) {
        try (InputStream in = StaticFiles.class.getResourceAsStream(resource)) {
            if (in == null) {
                return Optional.empty();
            }
            byte[] bytes = in.readAllBytes();
            byte[] hash = Sha256.digest(bytes);
            StaticFile file = new StaticFile(bytes, '"' + HexFormat.of().formatHex(hash, 0, 16) + '"');
            files.put(resource, file);
            return Optional.of(file);
        } catch (IOException e) {
            throw new UncheckedIOException(resource + ": must be readable", e);
        }
    }

    private static String type(String resource) {
        return switch (resource.substring(resource.lastIndexOf('.') + 1)) {
            case "html" -> "text/html; charset=utf-8";
            case "js" -> "text/javascript; charset=utf-8";
            case "css" -> "text/css; charset=utf-8";
            case "svg" -> "image/svg+xml";
            case "yaml" -> "application/yaml";
            default -> throw new IllegalArgumentException(resource + ": must be of a known type");
        };
    }
}
