package io.sessionizer.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sessionizer.guarantee.support.LogLines;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each change, and each refusal, leaves a line and is counted; no line has a user's id. */
@Timeout(60)
class AuditTest {
    private static final String TOKEN = "Authorization: Bearer " + TestServer.TOKEN;
    /** {@code printf user-1001 | sha256sum | cut -c1-12} */
    private static final String HASH = "bf579efa4202";

    private TestServer instance;
    private LogLines log;

    @BeforeEach
    void start() {
        log = LogLines.open();
        instance = TestServer.withToken();
    }

    @AfterEach
    void stop() {
        instance.close();
        log.close();
    }

    @Test
    void recordsAnErasure() throws Exception {
        RawHttpClient.send(instance, "DELETE", "/api/profiles/user-1001", TOKEN);
        RawHttpClient.send(instance, "DELETE", "/api/profiles?user=user-1001", TOKEN);

        assertEquals(2, instance.audited("erased"));
        assertEquals(2, log.count("erased, status 202, user " + HASH + ", from 127.0.0.1, signed on as -"));
        assertEquals(0, log.count("user-1001"));
    }

    @Test
    void recordsASwitch_andAChangeThatFails() throws Exception {
        RawHttpClient.sendBody(
                instance,
                "PUT",
                "/api/settings/tracking",
                "{\"active\":false}",
                TOKEN,
                "Content-Type:" + " application/json");
        instance.cutOff.set(true);
        RawHttpClient.send(instance, "DELETE", "/api/profiles/user-1001", TOKEN);

        assertEquals(1, instance.audited("switched"));
        assertEquals(1, instance.audited("failed"));
        assertEquals(1, log.count("PUT /api/settings/tracking: switched, status 200, user -, from 127.0.0.1"));
        assertEquals(1, log.count("DELETE /api/profiles/{user}: failed, status 503, user " + HASH));
    }

    @Test
    void recordsRefusals_ofReadsToo() throws Exception {
        RawHttpClient.send(instance, "DELETE", "/api/profiles/user-1001");
        RawHttpClient.send(instance, "GET", "/api/board", "Host: evil.example");
        RawHttpClient.send(instance, "GET", "/api/board");

        assertEquals(1, instance.audited("unauthenticated"));
        assertEquals(1, instance.audited("forbidden"));
        assertEquals(0, instance.audited("erased"));
        assertEquals(1, log.count("GET /api/board: forbidden, status 403, user -, from 127.0.0.1"));
        assertEquals(1, log.count("GET /api/board"));
    }

    @Test
    void namesNoUserWhereARouteFails() throws Exception {
        instance.users.clear();
        instance.erasing = () -> {
            throw new IllegalStateException("a bug");
        };
        RawHttpClient.send(instance, "DELETE", "/api/profiles/user-1001", TOKEN);

        assertEquals(1, log.count("DELETE /api/profiles/{user} failed"));
        assertEquals(0, log.count("user-1001"));
    }
}
