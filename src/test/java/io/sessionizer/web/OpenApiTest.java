package io.sessionizer.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.event.UncountedReason;
import io.sessionizer.event.UncountedReason.EventPart;
import io.sessionizer.session.Published;
import io.sessionizer.session.UserState;
import io.sessionizer.stats.OpenCounts;
import io.sessionizer.stats.QuarterHour;
import io.sessionizer.stats.QuarterHourStats;
import io.sessionizer.stats.SessionStats;
import io.sessionizer.stats.StatsRow;
import io.sessionizer.web.access.AccessPolicy;
import io.sessionizer.web.access.AccessSettings;
import io.sessionizer.web.http.Route;
import io.sessionizer.web.http.RouteTable;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The description says what the routes do: no more, no less, and in every response. */
class OpenApiTest {
    private static final String JSON = "Content-Type: application/json";
    private static final String TOKEN = "Authorization: Bearer " + TestServer.TOKEN;

    private final Set<String> checkedResponses = new TreeSet<>();
    private TestServer open;
    private TestServer closed;
    private RouteTable routes;
    private OpenApi api;

    @BeforeEach
    void start() throws Exception {
        open = TestServer.open();
        closed = TestServer.withToken();
        HttpSettings settings = TestServer.settings(AccessSettings.DEFAULT);
        routes = new Routes(
                        settings,
                        open.service(),
                        new AccessPolicy(AccessSettings.DEFAULT, Set.of(), open.authority()),
                        new PeerClient(Executors.newCachedThreadPool(), Optional.empty()))
                .table();
        api = new OpenApi(RawHttpClient.send(open, "GET", "/api/openapi.yaml").body());
    }

    @AfterEach
    void stop() {
        open.close();
        closed.close();
    }

    @Test
    void describesTheRoutesThatThereAre() {
        Set<String> table = new TreeSet<>();
        for (Route route : routes.routes()) {
            table.add(route.method() + " " + route.path() + " " + new TreeSet<>(route.statuses()));
        }

        assertEquals(table, api.operations());
        assertEquals("3.1.0", api.version());
    }

    @Test
    void describesEveryResponse() throws Exception {
        pages();
        board();
        users();
        settings();
        running();

        Set<String> all = new TreeSet<>();
        for (Route route : routes.routes()) {
            route.statuses().forEach(status -> all.add(route.method() + " " + route.path() + " " + status));
        }
        assertEquals(all, checkedResponses);
    }

    private void pages() throws IOException {
        for (String path : new String[] {"/", "/profiles", "/settings", "/webjars/chart.js", "/api/openapi.yaml"}) {
            see(path, 200, RawHttpClient.send(open, "GET", path));
            see(path, 304, RawHttpClient.send(open, "GET", path, "If-None-Match: *"));
        }
        see("/profiles/{user}", 200, RawHttpClient.send(open, "GET", "/profiles/a"));
        see("/profiles/{user}", 304, RawHttpClient.send(open, "GET", "/profiles/a", "If-None-Match: *"));
        see("/profiles/{user}", 400, RawHttpClient.send(open, "GET", "/profiles/%ff"));
        see("/assets/{file}", 200, RawHttpClient.send(open, "GET", "/assets/board.js"));
        see("/assets/{file}", 200, RawHttpClient.send(open, "GET", "/assets/board.css"));
        see("/assets/{file}", 200, RawHttpClient.send(open, "GET", "/assets/icon.svg"));
        see("/assets/{file}", 304, RawHttpClient.send(open, "GET", "/assets/board.js", "If-None-Match: *"));
        see("/assets/{file}", 400, RawHttpClient.send(open, "GET", "/assets/%"));
        see("/assets/{file}", 404, RawHttpClient.send(open, "GET", "/assets/none.js"));
    }

    private void board() throws IOException {
        RawHttpClient.RawResponse empty = RawHttpClient.send(open, "GET", "/api/board");
        see("/api/board", 200, empty);
        assertTrue(empty.body().contains("\"since\":null"));
        SessionStats stats = new SessionStats();
        stats.count(new Published(0, 600_000, 7));
        long quarterHour = QuarterHour.of(TestServer.NOW.toEpochMilli());
        closed.totals.accept(new StatsRow.QuarterHourRow(0, quarterHour, new QuarterHourStats(stats, 30, 6)));
        closed.totals.accept(new StatsRow.QuarterHourRow(0, quarterHour - 96 - 2, new QuarterHourStats(stats, 1, 1)));
        UncountedReason reason = new UncountedReason(EventPart.TYPE, "identify");
        closed.totals.accept(new StatsRow.LiveRow(0, new OpenCounts(27, 28), Optional.of(reason)));
        RawHttpClient.RawResponse full = RawHttpClient.send(closed, "GET", "/api/board?zone=Asia/Kathmandu");
        see("/api/board", 200, full);
        assertTrue(full.body().contains("\"zone\":\"Asia/Kathmandu\""), full.body());
        see("/api/board", 400, RawHttpClient.send(open, "GET", "/api/board?zone=Mars/Base"));
        see("/api/zones", 200, RawHttpClient.send(open, "GET", "/api/zones"));
    }

    private void users() throws IOException {
        open.holding("a", 0, 10, 45);
        open.notHolding("elsewhere");
        open.users.put("moving", new UserState.Unavailable());
        for (String base : new String[] {"/api/profiles?user=", "/api/profiles/"}) {
            String path = base.endsWith("/") ? "/api/profiles/{user}" : "/api/profiles";
            see(path, 200, RawHttpClient.send(open, "GET", base + "a"));
            see(path, 400, RawHttpClient.send(open, "GET", base + "%ff"));
            see(path, 404, RawHttpClient.send(open, "GET", base + "unknown"));
            see(path, 503, RawHttpClient.send(open, "GET", base + "moving"));
            see("DELETE", path, 202, RawHttpClient.send(open, "DELETE", base + "a"));
            see("DELETE", path, 400, RawHttpClient.send(open, "DELETE", base + "%ff"));
            see("DELETE", path, 401, RawHttpClient.send(closed, "DELETE", base + "a"));
            see("DELETE", path, 403, RawHttpClient.send(open, "DELETE", base + "a", "Origin: http://evil.example"));
            see("DELETE", path, 404, RawHttpClient.send(open, "DELETE", base + "elsewhere", "Sessionizer-Hop: 1"));
            open.cutOff.set(true);
            see("DELETE", path, 503, RawHttpClient.send(open, "DELETE", base + "a"));
            open.cutOff.set(false);
        }
    }

    private void settings() throws IOException {
        String path = "/api/settings/tracking";
        see("/api/settings", 200, RawHttpClient.send(open, "GET", "/api/settings"));
        see("/api/settings", 200, RawHttpClient.send(closed, "GET", "/api/settings"));
        see("PUT", path, 200, RawHttpClient.sendBody(open, "PUT", path, "{\"active\":true}", JSON));
        see("PUT", path, 400, RawHttpClient.sendBody(open, "PUT", path, "{}", JSON));
        see("PUT", path, 401, RawHttpClient.sendBody(closed, "PUT", path, "{\"active\":true}", JSON));
        see("PUT", path, 403, RawHttpClient.sendBody(open, "PUT", path, "{\"active\":true}", JSON, "Origin: null"));
        see("PUT", path, 413, RawHttpClient.sendBody(open, "PUT", path, " ".repeat(9_000), JSON));
        see("PUT", path, 415, RawHttpClient.sendBody(open, "PUT", path, "{\"active\":true}"));
        open.cutOff.set(true);
        see("PUT", path, 503, RawHttpClient.sendBody(open, "PUT", path, "{\"active\":true}", JSON));
    }

    private void running() throws IOException {
        see("/metrics", 200, RawHttpClient.send(open, "GET", "/metrics"));
        for (String path : new String[] {"/health/live", "/health/ready"}) {
            see(path, 200, RawHttpClient.send(open, "GET", path));
        }
        open.alive.set(false);
        open.ready.set(false);
        for (String path : new String[] {"/health/live", "/health/ready"}) {
            see(path, 503, RawHttpClient.send(open, "GET", path));
        }
    }

    private void see(String path, int status, RawHttpClient.RawResponse response) throws IOException {
        see("GET", path, status, response);
    }

    private void see(String method, String path, int status, RawHttpClient.RawResponse response) throws IOException {
        assertEquals(status, response.status(), () -> method + " " + path + ": " + response.body());
        api.check(method, path, response);
        checkedResponses.add(method + " " + path + " " + status);
    }
}
