package io.sessionizer.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.sessionizer.session.UserState;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A user is found, and erased, whichever instance is asked. */
@Timeout(60)
class PeerClientTest {
    private static final String USER = "a/b ?";
    private static final String TARGET = "/api/profiles/a%2Fb%20%3F";
    private static final String TOKEN = "Authorization: Bearer " + TestServer.TOKEN;

    private TestServer asked;
    private TestServer second;
    private TestServer third;

    @BeforeEach
    void start() {
        asked = TestServer.withToken().notHolding(USER);
        second = TestServer.withToken().notHolding(USER);
        third = TestServer.withToken().notHolding(USER);
        asked.others.addAll(List.of(second.authority(), third.authority()));
        // each would ask back for ever, if it passed questions of others on
        second.others.addAll(List.of(asked.authority(), third.authority()));
        third.others.addAll(List.of(asked.authority(), second.authority()));
    }

    @AfterEach
    void stop() {
        asked.close();
        second.close();
        third.close();
    }

    @Test
    void forwardsTheResponseOfTheHolder() throws Exception {
        third.holding(USER, 0, 10);

        RawHttpClient.RawResponse response = RawHttpClient.send(asked, "GET", TARGET);

        assertEquals(200, response.status());
        assertEquals(RawHttpClient.send(third, "GET", TARGET).body(), response.body());
        assertEquals("no-store", response.header("cache-control"));
    }

    @Test
    void asksNoPeer_whenItHoldsTheUser() throws Exception {
        asked.holding(USER, 0);
        asked.others.clear();
        asked.others.add("localhost:1");

        assertEquals(200, RawHttpClient.send(asked, "GET", TARGET).status());
    }

    @Test
    void respondsNotFound_onceAllPeersHave() throws Exception {
        assertEquals(404, RawHttpClient.send(asked, "GET", TARGET).status());
    }

    @Test
    void respondsUnavailable_whenAPeerCannotBeReached() throws Exception {
        third.close();

        RawHttpClient.RawResponse response = RawHttpClient.send(asked, "GET", TARGET);

        assertEquals(503, response.status());
        assertEquals("1", response.header("retry-after"));
    }

    @Test
    void respondsUnavailable_whenNoPeerCanBeReached() throws Exception {
        asked.others.clear();

        assertEquals(503, RawHttpClient.send(asked, "GET", TARGET).status());
    }

    @Test
    void respondsUnavailable_whileThePartitionIsMoving() throws Exception {
        asked.users.put(USER, new UserState.Unavailable());

        assertEquals(503, RawHttpClient.send(asked, "GET", TARGET).status());
        second.users.put(USER, new UserState.Unavailable());
        assertEquals(503, RawHttpClient.send(third, "GET", TARGET).status());
    }

    @Test
    void findsTheUser_afterAnUnreachablePeer() throws Exception {
        second.close();
        third.holding(USER, 0);

        assertEquals(200, RawHttpClient.send(asked, "GET", TARGET).status());
    }

    @Test
    void skipsAnInvalidAddress() throws Exception {
        asked.others.set(0, "my_host:8080");
        third.holding(USER, 0);

        assertEquals(200, RawHttpClient.send(asked, "GET", TARGET).status());
    }

    @Test
    void waitsForEachPeerOnlyBriefly() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getByName("localhost"))) {
            asked.others.set(0, "localhost:" + silent.getLocalPort());
            third.holding(USER, 0);

            assertTimeout(
                    Duration.ofSeconds(6),
                    () -> assertEquals(
                            200, RawHttpClient.send(asked, "GET", TARGET).status()));
        }
    }

    @Test
    void hasTheHolderWriteTheErasure() throws Exception {
        third.holding(USER, 0);

        RawHttpClient.RawResponse response = RawHttpClient.send(asked, "DELETE", TARGET, TOKEN);

        assertEquals(202, response.status());
        assertEquals("{\"user\":\"" + USER + "\"}", response.body());
        assertEquals(List.of(USER), third.erased);
        assertEquals(List.of(), asked.erased);
        assertEquals(List.of(), second.erased);
    }

    @Test
    void writesTheErasureItself_whenNoInstanceRemembersTheUser() throws Exception {
        assertEquals(202, RawHttpClient.send(asked, "DELETE", TARGET, TOKEN).status());
        assertEquals(List.of(USER), asked.erased);
    }

    @Test
    void erasesNothing_whenTheHolderMayBeUnreachable() throws Exception {
        third.close();

        assertEquals(503, RawHttpClient.send(asked, "DELETE", TARGET, TOKEN).status());
        assertEquals(List.of(), asked.erased);
        assertEquals(List.of(), second.erased);
    }

    /** Of the same machine. */
    @Test
    void hasTheHolderWriteTheErasure_withoutAToken() throws Exception {
        try (TestServer open = TestServer.open().notHolding(USER);
                TestServer holder = TestServer.open().holding(USER, 0)) {
            open.others.add(holder.authority());

            assertEquals(200, RawHttpClient.send(open, "GET", TARGET).status());
            assertEquals(202, RawHttpClient.send(open, "DELETE", TARGET).status());
            assertEquals(List.of(USER), holder.erased);
            assertEquals(
                    403,
                    RawHttpClient.send(holder, "DELETE", "/api/profiles?user=a", "Sessionizer-Hop: 1", "Via: 1.1 proxy")
                            .status());
        }
    }

    /** A process that joins the consumer group may advertise any address; 0.0.0.0 reaches this machine, and is none of its names. */
    @Test
    void asksOnlyThisMachine_withoutAToken() throws Exception {
        try (TestServer open = TestServer.open().notHolding(USER);
                TestServer other = TestServer.open().holding(USER, 0)) {
            open.others.add("0.0.0.0:" + other.port());

            assertEquals(503, RawHttpClient.send(open, "GET", TARGET).status());
            assertEquals(503, RawHttpClient.send(open, "DELETE", TARGET).status());
            assertEquals(List.of(), other.erased);
        }
    }
}
