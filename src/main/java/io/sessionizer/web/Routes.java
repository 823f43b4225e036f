package io.sessionizer.web;

import static io.sessionizer.web.http.Route.Execution.CHANGE;
import static io.sessionizer.web.http.Route.Execution.QUICK;
import static io.sessionizer.web.http.Route.Execution.SLOW;

import io.sessionizer.web.Backend.MetricsPage;
import io.sessionizer.web.board.BoardApi;
import io.sessionizer.web.http.AccessPolicy;
import io.sessionizer.web.http.HttpException;
import io.sessionizer.web.http.JsonBody;
import io.sessionizer.web.http.Route;
import io.sessionizer.web.http.StaticFiles;
import io.sessionizer.web.http.WebRequest;
import io.sessionizer.web.http.WebResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The table of all routes; nothing else is served. */
public final class Routes {
    private static final byte[] NO_PAGE =
            ("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Not found</title><h1>Not found</h1>"
                            + "<p>There is no such page. <a href=\"/\">Session Board</a>")
                    .getBytes(StandardCharsets.UTF_8);

    private final Backend backend;
    private final StaticFiles files = new StaticFiles();
    private final List<Route> table;

    /** @param policy the policy for changes, which the settings page describes */
    Routes(HttpSettings settings, Backend backend, AccessPolicy policy, PeerClient peerClient) {
        this.backend = backend;
        BoardApi board = new BoardApi(backend, settings.zone());
        ProfileApi users = new ProfileApi(backend.users(), peerClient, policy.needsToken());
        SettingsApi settingsApi = new SettingsApi(backend, settings.zone(), policy);
        table = List.of(
                get("/", request -> files.page(request, "board.html"), 200, 304),
                get("/profiles", request -> files.page(request, "profile.html"), 200, 304),
                below("/profiles/{user}", (request, user) -> files.page(request, "profile.html"), 200, 304, 400),
                get("/settings", request -> files.page(request, "settings.html"), 200, 304),
                below("/assets/{file}", files::asset, 200, 304, 400, 404),
                get("/webjars/chart.js", files::chartJs, 200, 304),
                get("/api/board", board::board, 200, 400),
                get("/api/zones", request -> board.zones(), 200),
                new Route("GET", "/api/profiles", SLOW, fromQuery(users::show), Set.of(200, 400, 404, 503)),
                new Route("GET", "/api/profiles/{user}", SLOW, users::show, Set.of(200, 400, 404, 503)),
                change("DELETE", "/api/profiles", fromQuery(users::erase), 202, 400, 401, 403, 404, 503),
                change("DELETE", "/api/profiles/{user}", users::erase, 202, 400, 401, 403, 404, 503),
                get("/api/settings", settingsApi::show, 200),
                change(
                        "PUT",
                        "/api/settings/tracking",
                        (request, ignored) -> settingsApi.switchTracking(request),
                        200,
                        400,
                        401,
                        403,
                        413,
                        415,
                        503),
                get("/api/openapi.yaml", request -> files.page(request, "openapi.yaml"), 200, 304),
                get("/health/live", request -> probe(backend.health().isAlive()), 200, 503),
                get("/health/ready", request -> probe(backend.health().isReady()), 200, 503),
                get("/metrics", this::metrics, 200));
    }

    private static Route get(String path, Function<WebRequest, WebResponse> action, int... statuses) {
        return below(path, (request, ignored) -> action.apply(request), statuses);
    }

    private static Route below(String path, BiFunction<WebRequest, String, WebResponse> action, int... statuses) {
        return new Route("GET", path, QUICK, action, set(statuses));
    }

    private static Route change(
            String method, String path, BiFunction<WebRequest, String, WebResponse> action, int... statuses) {
        return new Route(method, path, CHANGE, action, set(statuses));
    }

    private static Set<Integer> set(int... statuses) {
        return IntStream.of(statuses).boxed().collect(Collectors.toSet());
    }

    /** The user from the query: in a path, clients would resolve "." and "..". */
    private static BiFunction<WebRequest, String, WebResponse> fromQuery(
            BiFunction<WebRequest, String, WebResponse> action) {
        return (request, ignored) -> action.apply(request, ProfileApi.requestedUser(request));
    }

    private static WebResponse probe(BooleanSupplier isHealthy) {
        return isHealthy.getAsBoolean()
                ? WebResponse.json(200, JsonBody.object(json -> json.writeStringField("status", "ok")))
                : HttpException.of(503, "Not ready.").toResponse();
    }

    private WebResponse metrics(WebRequest request) {
        MetricsPage metrics = backend.metrics().apply(request.header("accept").orElse(""));
        return WebResponse.of(200, metrics.type(), metrics.body());
    }

    List<Route> table() {
        return table;
    }

    /** The route for a method and path as sent; empty if there is none. */
    public Optional<Route> find(String method, String rawPath) {
        return table.stream()
                .filter(route -> route.accepts(method) && route.match(rawPath).isPresent())
                .findFirst();
    }

    /** The response if no route is found: method not allowed, or not found. */
    public WebResponse notFound(String rawPath) {
        Set<String> allowed = new TreeSet<>();
        for (Route route : table) {
            if (route.match(rawPath).isPresent()) {
                allowed.add(route.method());
                if (route.accepts("HEAD")) {
                    allowed.add("HEAD");
                }
            }
        }
        if (!allowed.isEmpty()) {
            return WebResponse.error(405, "The method must be one of: " + String.join(", ", allowed) + ".")
                    .with(Map.of("Allow", String.join(", ", allowed)));
        }
        return rawPath.equals("/api") || rawPath.startsWith("/api/")
                ? WebResponse.error(404, "There is nothing at this address.")
                : WebResponse.of(404, "text/html; charset=utf-8", NO_PAGE);
    }
}
