package io.sessionizer.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;

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
class InstancesAskEachOtherTest {
    private static final String USER = "a/b ?";
    private static final String TARGET = "/api/profiles/a%2Fb%20%3F";
    private static final String TOKEN = "Authorization: Bearer " + Instance.TOKEN;

    private Instance asked;
    private Instance second;
    private Instance third;

    @BeforeEach
    void start() {
        asked = Instance.withToken().notHolding(USER);
        second = Instance.withToken().notHolding(USER);
        third = Instance.withToken().notHolding(USER);
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
    void passesOnWhatTheHolderSays() throws Exception {
        third.holding(USER, 0, 10);

        Wire.Response response = Wire.send(asked, "GET", TARGET);

        assertEquals(200, response.status());
        assertEquals(Wire.send(third, "GET", TARGET).body(), response.body());
        assertEquals("no-store", response.header("cache-control"));
    }

    @Test
    void asksNobody_whereItHoldsTheUser() throws Exception {
        asked.holding(USER, 0);
        asked.others.clear();
        asked.others.add("localhost:1");

        assertEquals(200, Wire.send(asked, "GET", TARGET).status());
    }

    @Test
    void saysNotFound_onceAllHaveSaidSo() throws Exception {
        assertEquals(404, Wire.send(asked, "GET", TARGET).status());
    }

    @Test
    void saysLater_whereOneCannotBeAsked() throws Exception {
        third.close();

        Wire.Response response = Wire.send(asked, "GET", TARGET);

        assertEquals(503, response.status());
        assertEquals("1", response.header("retry-after"));
    }

    @Test
    void saysLater_whereNobodyCanBeAsked() throws Exception {
        asked.others.clear();

        assertEquals(503, Wire.send(asked, "GET", TARGET).status());
    }

    @Test
    void saysLater_whereTheUserIsMoving() throws Exception {
        asked.users.put(USER, new Service.Known.Moving());

        assertEquals(503, Wire.send(asked, "GET", TARGET).status());
        second.users.put(USER, new Service.Known.Moving());
        assertEquals(503, Wire.send(third, "GET", TARGET).status());
    }

    @Test
    void findsTheUserBehindOneThatIsAway() throws Exception {
        second.close();
        third.holding(USER, 0);

        assertEquals(200, Wire.send(asked, "GET", TARGET).status());
    }

    @Test
    void waitsForNobodyForLong() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getByName("localhost"))) {
            asked.others.set(0, "localhost:" + silent.getLocalPort());
            third.holding(USER, 0);

            assertTimeout(
                    Duration.ofSeconds(6),
                    () -> assertEquals(200, Wire.send(asked, "GET", TARGET).status()));
        }
    }

    @Test
    void answersOthersFromWhatItHoldsAlone() throws Exception {
        third.holding(USER, 0);

        assertEquals(404, Wire.send(asked, "GET", TARGET, "Sessionizer-Hop: 1").status());
    }

    @Test
    void hasTheHolderWriteTheErasure() throws Exception {
        third.holding(USER, 0);

        Wire.Response response = Wire.send(asked, "DELETE", TARGET, TOKEN);

        assertEquals(202, response.status());
        assertEquals("{\"user\":\"" + USER + "\"}", response.body());
        assertEquals(List.of(USER), third.erased);
        assertEquals(List.of(), asked.erased);
        assertEquals(List.of(), second.erased);
    }

    @Test
    void writesTheErasureItself_whereNobodyRemembersTheUser() throws Exception {
        assertEquals(202, Wire.send(asked, "DELETE", TARGET, TOKEN).status());
        assertEquals(List.of(USER), asked.erased);
    }

    @Test
    void erasesNothing_whereTheHolderMayBeAway() throws Exception {
        third.close();

        assertEquals(503, Wire.send(asked, "DELETE", TARGET, TOKEN).status());
        assertEquals(List.of(), asked.erased);
        assertEquals(List.of(), second.erased);
    }

    @Test
    void writesTheErasureItself_whereNoTokenProvesToOthersThatItMay() throws Exception {
        try (Instance open = Instance.open().notHolding(USER)) {
            open.others.add(third.authority());
            third.holding(USER, 0);

            assertEquals(202, Wire.send(open, "DELETE", TARGET).status());
            assertEquals(List.of(USER), open.erased);
            assertEquals(List.of(), third.erased);
        }
    }

    @Test
    void takesNoErasureOfAnotherInstanceWithoutTheToken() throws Exception {
        third.holding(USER, 0);

        assertEquals(
                401, Wire.send(third, "DELETE", TARGET, "Sessionizer-Hop: 1").status());
        assertEquals(List.of(), third.erased);
    }
}
