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
        routes.addAll(profileRoutes(new ProfileApi(backend.users(), peerClient, policy.needsToken())));
        routes.addAll(settingsRoutes(new SettingsApi(backend, settings.zone(), policy)));
        routes.addAll(monitoringRoutes());
        table = new RouteTable(routes, NOT_FOUND_PAGE);
    }

    private List<Route> pages() {
        return List.of(
                get("/", request -> files.page(request, "board.html"), 200, 304),
                get("/profiles", request -> files.page(request, "profile.html"), 200, 304),
                below("/profiles/{user}", (request, user) -> files.page(request, "profile.html"), 200, 304, 400),
                get("/settings", request -> files.page(request, "settings.html"), 200, 304),
                below("/assets/{file}", files::asset, 200, 304, 400, 404),
                get("/webjars/chart.js", files::chartJs, 200, 304),
                get("/api/openapi.yaml", request -> files.page(request, "openapi.yaml"), 200, 304));
    }

    private static List<Route> boardRoutes(BoardApi board) {
        return List.of(get("/api/board", board::board, 200, 400), get("/api/zones", request -> board.zones(), 200));
    }

    private static List<Route> profileRoutes(ProfileApi profiles) {
        return List.of(
                new Route("GET", "/api/profiles", SLOW, fromQuery(profiles::show), Set.of(200, 400, 404, 503)),
                new Route("GET", "/api/profiles/{user}", SLOW, profiles::show, Set.of(200, 400, 404, 503)),
                change("DELETE", "/api/profiles", fromQuery(profiles::erase), 202, 400, 401, 403, 404, 503),
                change("DELETE", "/api/profiles/{user}", profiles::erase, 202, 400, 401, 403, 404, 503));
    }

    private static List<Route> settingsRoutes(SettingsApi settings) {
        BiFunction<WebRequest, String, WebResponse> switchTracking =
                (request, ignored) -> settings.switchTracking(request);
        return List.of(
                get("/api/settings", settings::show, 200),
                change("PUT", "/api/settings/tracking", switchTracking, 200, 400, 401, 403, 413, 415, 503));
    }

    private List<Route> monitoringRoutes() {
        return List.of(
                get("/health/live", request -> probe(backend.monitoring().livenessProblem()), 200, 503),
                get("/health/ready", request -> probe(backend.monitoring().readinessProblem()), 200, 503),
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

    private static WebResponse probe(Supplier<Optional<String>> problem) {
        return problem.get()
                .map(sentence -> HttpException.of(503, sentence).toResponse())
                .orElseGet(() -> WebResponse.json(200, JsonBody.object(json -> json.writeStringField("status", "ok"))));
    }

    private WebResponse metrics(WebRequest request) {
        MetricsPage metrics =
                backend.monitoring().metrics().apply(request.header("accept").orElse(""));
        return WebResponse.of(200, metrics.type(), metrics.body());
    }

    RouteTable table() {
        return table;
    }
}
