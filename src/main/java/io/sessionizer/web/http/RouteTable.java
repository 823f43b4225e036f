package io.sessionizer.web.http;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** All routes of a server, and its response to requests that match none. */
public final class RouteTable {
    private final List<Route> routes;
    private final byte[] notFoundPage;

    /** @param notFoundPage HTML for a path outside of {@code /api} */
    public RouteTable(List<Route> routes, String notFoundPage) {
        this(routes, notFoundPage.getBytes(StandardCharsets.UTF_8));
    }

    private RouteTable(List<Route> routes, byte[] notFoundPage) {
        this.routes = List.copyOf(routes);
        this.notFoundPage = notFoundPage;
    }

    /**
     * The route of a request.
     *
     * @param parameter still encoded; empty if the path has none
     */
    public record RouteMatch(Route route, String parameter) {}

    public List<Route> routes() {
        return routes;
    }

    /** A table of only the routes that monitoring needs, or of only the others. */
    public RouteTable monitoring(boolean isMonitoring) {
        return new RouteTable(
                routes.stream()
                        .filter(route -> route.kind().isForAnyHost() == isMonitoring)
                        .toList(),
                notFoundPage);
    }

    /** The first route for a method and path as sent; empty if there is none. */
    public Optional<RouteMatch> find(String method, String rawPath) {
        return routes.stream()
                .filter(route -> route.accepts(method))
                .flatMap(route -> route.match(rawPath).stream().map(parameter -> new RouteMatch(route, parameter)))
                .findFirst();
    }

    /** The response if no route is found: method not allowed, or not found. */
    public WebResponse notFound(String rawPath) {
        Set<String> allowed = new TreeSet<>();
        for (Route route : routes) {
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
                : WebResponse.of(404, "text/html; charset=utf-8", notFoundPage);
    }
}
