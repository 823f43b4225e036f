package io.sessionizer.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.guarantee.support.PollingWait;
import io.sessionizer.session.SampleIds;
import io.sessionizer.session.Session;
import io.sessionizer.session.Timeline;
import io.sessionizer.session.UserState;
import io.sessionizer.web.Backend.MetricsPage;
import io.sessionizer.web.RawHttpClient.RawResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Clients that read a response slowly, or not at all, hold little memory, and not for long. */
@Timeout(120)
class SlowReadersTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int LIMIT_BYTES = 16 << 20;
    /** Far more than the system's buffers take of a response, so that the rest of it stays in the service. */
    private static final int SESSIONS = 40_000;

    private final List<Socket> sockets = new ArrayList<>();
    private TestServer instance;

    @BeforeEach
    void start() {
        instance = TestServer.open();
    }

    @AfterEach
    void stop() throws IOException {
        disconnect();
        instance.close();
    }

    private void disconnect() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private Socket ask(String target) throws IOException {
        Socket socket = new Socket();
        sockets.add(socket);
        socket.setReceiveBufferSize(1 << 16);
        socket.connect(new InetSocketAddress("localhost", instance.port()));
        socket.getOutputStream()
                .write(("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void holdABoundedAmountOfMemory_untilTheyDisconnect() throws Exception {
        List<Session> sessions = LongStream.range(0, SESSIONS)
                .map(hour -> hour * 3_600_000)
                .mapToObj(time -> new Session(SampleIds.of(time), time, time, 1, time, 1, false))
                .toList();
        instance.users.put("bot", new UserState.Found(Timeline.of(sessions, Timeline.NO_DEADLINE)));
        int bytes = Integer.parseInt(profile().header("content-length"));
        assertTrue(bytes > LIMIT_BYTES / 4 && bytes < LIMIT_BYTES / 2, bytes + " bytes");

        for (int i = 0; i < LIMIT_BYTES / bytes + 2; i++) {
            ask("/api/profiles/bot");
        }
        PollingWait.until("no more is sent", PATIENCE, () -> profile().status() == 503);
        assertTrue(profile().body().contains("Too many responses are being read slowly."));
        instance.holding("other", 0);
        assertEquals(503, status("/api/profiles/bot"));
        assertEquals(200, status("/api/profiles/other"), "a small one fits");
        assertEquals(200, status("/health/live"));

        disconnect();
        PollingWait.until("it is sent again", PATIENCE, () -> profile().status() == 200);
    }

    private RawResponse profile() {
        try {
            return RawHttpClient.get(instance.port(), "/api/profiles/bot");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int status(String target) throws IOException {
        return RawHttpClient.get(instance.port(), target).status();
    }

    /** At a pace that keeps the connection from being idle. */
    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void areDisconnected_whereAResponseTakesTooLong() throws Exception {
        instance.metrics = () -> new MetricsPage("text/plain", new byte[LIMIT_BYTES]);
        long start = System.nanoTime();
        try (InputStream in = ask("/metrics").getInputStream()) {
            long read = 0;
            for (int tenth = 0; read >= 0; tenth++) {
                long due = start + tenth * Duration.ofMillis(100).toNanos();
                PollingWait.until("it reads on", PATIENCE, () -> System.nanoTime() >= due);
                read = readUpTo(20_000, in);
                assertTrue(tenth < 600, "still open after a minute");
            }
        } catch (SocketException reset) {
            // as good as the end of the stream
        }
        long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();
        assertTrue(seconds >= 19 && seconds < 50, "disconnected after " + seconds + " s");
    }

    /** How much was there, or -1 at the end. */
    private static long readUpTo(int bytes, InputStream in) throws IOException {
        return in.read(new byte[bytes]);
    }
}
