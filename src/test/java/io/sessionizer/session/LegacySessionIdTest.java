package io.sessionizer.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LegacySessionIdTest {
    private static final long TIME = 1_468_308_340_000L;

    @Test
    void staysTheSame() {
        assertEquals("0155ddff-3d20-7942-94cd-327c465fcffc", id("user-42"));
        assertEquals("0155ddff-3d20-7729-b5dc-634537c0ad3f", id("u"));
        assertEquals("0155ddff-3d20-7904-8f27-8fe74dca95a8", id("0123456789abcdef"));
    }

    private static String id(String user) {
        return LegacySessionId.of(user.getBytes(StandardCharsets.US_ASCII), TIME)
                .toString();
    }
}
