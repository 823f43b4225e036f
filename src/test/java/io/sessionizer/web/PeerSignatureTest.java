package io.sessionizer.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.guarantee.support.LogLines;
import io.sessionizer.web.access.AccessSettings.ReadAccess;
import io.sessionizer.web.access.AccessToken;
import io.sessionizer.web.access.PeerSignature;
import io.sessionizer.web.access.PeerSignature.PeerCall;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Instances know each other by a signature, and send each other no secret. */
@Timeout(60)
class PeerSignatureTest {
    private static final String USER = "a/b ?";
    private static final String TARGET = "/api/profiles/a%2Fb%20%3F";
    private static final String QUERY = "/api/profiles?user=a%2Fb%20%3F";
    private static final PeerSignature SIGNATURE =
            new PeerSignature(AccessToken.of(TestServer.TOKEN), Clock.systemUTC());
    private static final String TOKEN = "Authorization: Bearer " + TestServer.TOKEN;

    private TestServer asked;
    private TestServer second;
    private TestServer third;

    @BeforeEach
    void start() {
        asked = TestServer.withToken().notHolding(USER);
        second = TestServer.withToken().notHolding(USER);
        third = TestServer.withToken().notHolding(USER);
    }

    @AfterEach
    void stop() {
        asked.close();
        second.close();
        third.close();
    }

    @Test
    void isTakenFromAnInstance_whichAnswersFromItsOwnState() throws Exception {
        asked.others.add(third.authority());
        third.holding(USER, 0);

        assertEquals(
                404,
                RawHttpClient.send(asked, "GET", QUERY, signed("GET", asked)).status());
        assertEquals(
                200,
                RawHttpClient.send(third, "GET", QUERY, signed("GET", third)).status());
    }

    private static String signed(String method, TestServer target) {
        return signed(SIGNATURE, method, target.authority(), USER);
    }

    private static String signed(PeerSignature signature, String method, String target, String user) {
        return "Sessionizer-Hop: "
                + signature.sign(new PeerCall(method, target, user.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void takesNoRequestOfAnotherInstanceWithoutASignatureForIt() throws Exception {
        third.holding(USER, 0);
        PeerSignature old = new PeerSignature(
                AccessToken.of(TestServer.TOKEN), Clock.offset(Clock.systemUTC(), Duration.ofMinutes(-3)));
        PeerSignature foreign = new PeerSignature(AccessToken.of("another-token-of-some-length"), Clock.systemUTC());
        String target = third.authority();
        for (String header : List.of(
                "Sessionizer-Hop: 1",
                "Sessionizer-Hop:",
                signed(SIGNATURE, "GET", target, USER),
                signed(SIGNATURE, "DELETE", second.authority(), USER),
                signed(SIGNATURE, "DELETE", target, "another"),
                signed(old, "DELETE", target, USER),
                signed(foreign, "DELETE", target, USER))) {
            assertEquals(
                    401,
                    RawHttpClient.send(third, "DELETE", QUERY, header, TOKEN).status(),
                    header);
        }
        assertEquals(List.of(), third.erased);
        assertEquals(
                403,
                RawHttpClient.send(third, "PUT", "/api/settings/tracking", signed("PUT", third), TOKEN)
                        .status());
        assertEquals(
                202,
                RawHttpClient.send(third, "DELETE", QUERY, signed("DELETE", third))
                        .status());
    }

    /** A process that joins the consumer group may advertise any address. */
    @Test
    void sendsNoSecretToAnotherInstance_andBelievesNoneWithoutTheToken() throws Exception {
        try (ServerSocket stranger = new ServerSocket(0, 10, InetAddress.getByName("localhost"))) {
            asked.others.add("localhost:" + stranger.getLocalPort());
            CompletableFuture<String> received = CompletableFuture.supplyAsync(() -> acceptErasure(stranger));

            RawHttpClient.RawResponse response = RawHttpClient.send(
                    asked, "DELETE", TARGET, TOKEN, "Cookie: session=secret", "Proxy-Authorization: Basic secret");

            assertEquals(503, response.status(), "a stranger's 202 is not an erasure");
            String request = received.get(20, TimeUnit.SECONDS).toLowerCase(Locale.ROOT);
            assertTrue(request.contains("sessionizer-hop: t="), request);
            assertFalse(request.contains("authorization"), request);
            assertFalse(request.contains(TestServer.TOKEN), request);
            assertFalse(request.contains("secret"), request);
        }
    }

    private static String acceptErasure(ServerSocket server) {
        try (Socket socket = server.accept()) {
            StringBuilder request = new StringBuilder();
            while (request.indexOf("\r\n\r\n") < 0) {
                request.append((char) socket.getInputStream().read());
            }
            socket.getOutputStream()
                    .write("HTTP/1.1 202 Accepted\r\nContent-Length: 2\r\n\r\n{}".getBytes(StandardCharsets.US_ASCII));
            return request.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void reportsAnotherTokenOnce() throws Exception {
        try (TestServer other =
                        TestServer.with(TestServer.access(ReadAccess.OPEN, "another-token-of-some-length", Set.of()));
                LogLines log = LogLines.open()) {
            other.holding(USER, 0);
            asked.others.add(other.authority());
            for (int i = 0; i < 3; i++) {
                assertEquals(503, RawHttpClient.send(asked, "GET", TARGET).status());
            }
            assertEquals(
                    1,
                    log.count(
                            "http.token: must be the same on all instances, and their clocks must agree. Found: another"
                                    + " at " + other.authority()));
        }
    }

    /** A peer's response is bounded. */
    @Test
    void readsNoMoreThanAResponseMayHave() {
        BoundedBody body = new BoundedBody(10);
        body.onSubscribe(new Flow.Subscription() {
            @Override
            public void request(long n) {}

            @Override
            public void cancel() {}
        });
        body.onNext(List.of(ByteBuffer.allocate(6), ByteBuffer.allocate(5)));
        assertTrue(body.getBody().toCompletableFuture().isCompletedExceptionally());
    }
}
