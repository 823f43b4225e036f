package io.sessionizer.web.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.sessionizer.web.http.RouteTable.RouteMatch;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RouteTableTest {
    private static final Route LIST = route("GET", "/api/items");
    private static final Route ITEM = route("GET", "/api/items/{item}");
    private static final Route REMOVAL = route("DELETE", "/api/items/{item}");
    private static final RouteTable TABLE = new RouteTable(List.of(LIST, ITEM, REMOVAL), "<h1>no page</h1>");

    @Test
    void findsTheRouteOfAMethodAndPath() {
        assertEquals(Optional.of(new RouteMatch(LIST, "")), TABLE.find("GET", "/api/items"));
        assertEquals(Optional.of(new RouteMatch(ITEM, "a")), TABLE.find("GET", "/api/items/a"));
        assertEquals(Optional.of(new RouteMatch(REMOVAL, "a")), TABLE.find("DELETE", "/api/items/a"));
        assertEquals(Optional.of(new RouteMatch(LIST, "")), TABLE.find("HEAD", "/api/items"));
    }

    @Test
    void matchesTheRestOfThePath_asSent() {
        for (String rest : new String[] {"a/b", "/", "..", "%2F", "a?b", "%zz"}) {
            assertEquals(
                    rest, TABLE.find("GET", "/api/items/" + rest).orElseThrow().parameter());
        }
    }

    @Test
    void findsNothingElse() {
        for (String path : new String[] {"", "/", "/api/items/", "/api/item", "/API/items", "/api//items"}) {
            assertEquals(Optional.empty(), TABLE.find("GET", path), path);
        }
        assertEquals(Optional.empty(), TABLE.find("get", "/api/items"));
        assertEquals(Optional.empty(), TABLE.find("DELETE", "/api/items"));
    }

    @Test
    void prefersTheFirstRoute() {
        Route any = route("GET", "/{any}");
        Route first = route("GET", "/api/items");
        RouteTable table = new RouteTable(List.of(first, any), "");

        assertSame(first, table.find("GET", "/api/items").orElseThrow().route());
        assertSame(any, table.find("GET", "/api/other").orElseThrow().route());
    }

    @Test
    void namesTheMethodsOfAPath() {
        WebResponse list = TABLE.notFound("/api/items");
        WebResponse item = TABLE.notFound("/api/items/a");

        assertEquals(405, list.status());
        assertEquals("GET, HEAD", list.headers().get("Allow"));
        assertEquals("DELETE, GET, HEAD", item.headers().get("Allow"));
        assertEquals("{\"error\":\"The method must be one of: DELETE, GET, HEAD.\"}", text(item));
    }

    @Test
    void respondsNotFound_asJsonBelowApiOnly() {
        for (String path : new String[] {"/api", "/api/", "/api/nowhere"}) {
            assertEquals(404, TABLE.notFound(path).status());
            assertEquals("{\"error\":\"There is nothing at this address.\"}", text(TABLE.notFound(path)), path);
        }
        for (String path : new String[] {"", "/", "/apis", "/nowhere"}) {
            assertEquals(404, TABLE.notFound(path).status());
            assertEquals("<h1>no page</h1>", text(TABLE.notFound(path)), path);
        }
    }

    private static Route route(String method, String path) {
        return new Route(
                method,
                path,
                Route.Kind.DATA,
                (request, parameter) -> WebResponse.of(200, "text/plain", new byte[0]),
                Set.of(200));
    }

    private static String text(WebResponse response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }
}
