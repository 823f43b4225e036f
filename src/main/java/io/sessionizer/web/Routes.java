package io.sessionizer.web;

import io.sessionizer.web.access.AccessPolicy;
import io.sessionizer.web.board.BoardApi;
import io.sessionizer.web.http.HttpException;
import io.sessionizer.web.http.JsonBody;
import io.sessionizer.web.http.Route;
import io.sessionizer.web.http.Route.Kind;
import io.sessionizer.web.http.RouteTable;
import io.sessionizer.web.http.StaticFiles;
import io.sessionizer.web.http.WebRequest;
import io.sessionizer.web.http.WebResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The table of all routes; nothing else is served. */
final class Routes {
    private static final String NOT_FOUND_PAGE =
            "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Not found</title><h1>Not found</h1>"
                    + "<p>There is no such page. <a href=\"/\">Session Board</a>";

    private final Backend backend;
    private final StaticFiles files = new StaticFiles();
    private final RouteTable table;

    /** @param policy the policy for changes, which the settings page describes */
    Routes(HttpSettings settings, Backend backend, AccessPolicy policy, PeerClient peerClient) {
        this.backend = backend;
        List<Route> routes = new ArrayList<>(pages());
        routes.addAll(
                boardRoutes(new BoardApi(backend.board(), backend.tracking().isOn(), settings.zone())));
        routes.addAll(profileRoutes(new ProfileApi(backend.users(), peerClient)));
        routes.addAll(settingsRoutes(new SettingsApi(backend, settings.zone(), policy)));
        routes.addAll(monitoringRoutes());
        table = new RouteTable(routes, NOT_FOUND_PAGE);
    }

    private List<Route> pages() {
        return List.of(
                get(Kind.PAGE, "/", request -> files.page(request, "board.html"), 200, 304),
                get(Kind.PAGE, "/profiles", request -> files.page(request, "profile.html"), 200, 304),
                below(
                        Kind.PAGE,
                        "/profiles/{user}",
                        (request, user) -> files.page(request, "profile.html"),
                        200,
                        304,
                        400),
                get(Kind.PAGE, "/settings", request -> files.page(request, "settings.html"), 200, 304),
                below(Kind.PAGE, "/assets/{file}", files::asset, 200, 304, 400, 404),
                get(Kind.PAGE, "/webjars/chart.js", files::chartJs, 200, 304),
                get(Kind.DATA, "/api/openapi.yaml", request -> files.page(request, "openapi.yaml"), 200, 304));
    }

    private static List<Route> boardRoutes(BoardApi board) {
        return List.of(
                get(Kind.BOARD, "/api/board", board::board, 200, 400),
                get(Kind.DATA, "/api/zones", request -> board.zones(), 200));
    }

    private static List<Route> profileRoutes(ProfileApi profiles) {
        return List.of(
                new Route("GET", "/api/profiles", Kind.LOOKUP, fromQuery(profiles::show), Set.of(200, 400, 404, 503)),
                new Route("GET", "/api/profiles/{user}", Kind.LOOKUP, profiles::show, Set.of(200, 400, 404, 503)),
                change("DELETE", "/api/profiles", fromQuery(profiles::erase), 202, 400, 401, 403, 404, 503),
                change("DELETE", "/api/profiles/{user}", profiles::erase, 202, 400, 401, 403, 404, 503));
    }

    private static List<Route> settingsRoutes(SettingsApi settings) {
        BiFunction<WebRequest, String, WebResponse> switchTracking =
                (request, ignored) -> settings.switchTracking(request);
        return List.of(
                get(Kind.DATA, "/api/settings", settings::show, 200),
                change("PUT", "/api/settings/tracking", switchTracking, 200, 400, 401, 403, 413, 415, 503));
    }

    private List<Route> monitoringRoutes() {
        return List.of(
                get(
                        Kind.PROBE,
                        "/health/live",
                        request -> probe(backend.monitoring().livenessProblem()),
                        200,
                        503),
                get(
                        Kind.PROBE,
                        "/health/ready",
                        request -> probe(backend.monitoring().readinessProblem()),
                        200,
                        503),
                get(
                        Kind.METRICS,
                        "/metrics",
                        new MetricsCache(backend.monitoring().metrics())::metrics,
                        200));
    }

    private static Route get(Kind kind, String path, Function<WebRequest, WebResponse> action, int... statuses) {
        return below(kind, path, (request, ignored) -> action.apply(request), statuses);
    }

    private static Route below(
            Kind kind, String path, BiFunction<WebRequest, String, WebResponse> action, int... statuses) {
        return new Route("GET", path, kind, action, set(statuses));
    }

    private static Route change(
            String method, String path, BiFunction<WebRequest, String, WebResponse> action, int... statuses) {
        return new Route(method, path, Kind.CHANGE, action, set(statuses));
    }

    private static Set<Integer> set(int... statuses) {
        return IntStream.of(statuses).boxed().collect(Collectors.toSet());
    }

    /** The user from the query: in a path, clients would resolve "." and "..". */
    private static BiFunction<WebRequest, String, WebResponse> fromQuery(
            BiFunction<WebRequest, String, WebResponse> action) {
        return (request, ignored) -> action.apply(request, ProfileApi.requestedUser(request));
    }

    private static WebResponse probe(Supplier<Optional<String>> problem) {
        return problem.get()
                .map(sentence -> HttpException.of(503, sentence).toResponse())
                .orElseGet(() -> WebResponse.json(200, JsonBody.object(json -> json.writeStringField("status", "ok"))));
    }

    RouteTable table() {
        return table;
    }
}
