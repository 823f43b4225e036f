package io.sessionizer.web;

import java.time.ZoneId;
import java.util.Optional;

/**
 * Settings of the HTTP server.
 *
 * @param host name or address to listen at
 * @param port 0 to 65535; 0 for any free one
 * @param token bearer token for changes; if empty, only clients on this machine may make changes
 * @param zone the account's time zone
 */
public record HttpSettings(String host, int port, Optional<String> token, ZoneId zone) {
    /** Without the token. */
    @Override
    public String toString() {
        return "HttpSettings[" + host + ":" + port + ", " + zone + "]";
    }
}
