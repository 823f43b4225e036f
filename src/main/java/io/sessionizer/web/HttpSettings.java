package io.sessionizer.web;

import java.time.ZoneId;
import java.util.Optional;

/**
 * What the server is told before it starts.
 *
 * @param host name or address to listen at
 * @param port 0 to 65535; 0 for any free one
 * @param token what changing calls must show; empty: only callers on this machine may change anything
 * @param zone the account's time zone
 */
public record HttpSettings(String host, int port, Optional<String> token, ZoneId zone) {
    /** Without the token. */
    @Override
    public String toString() {
        return "HttpSettings[" + host + ":" + port + ", " + zone + "]";
    }
}
