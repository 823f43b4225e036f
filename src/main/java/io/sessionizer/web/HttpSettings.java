package io.sessionizer.web;

import io.sessionizer.web.access.AccessSettings;
import java.time.ZoneId;
import java.util.Optional;

/**
 * Settings of the HTTP server.
 *
 * @param host name or address to listen on
 * @param port 0 to 65535; 0 for any free one
 * @param healthPort a separate port for probes and metrics, 0 to 65535; empty if they share {@code port}
 * @param access who may read and change
 * @param zone the account's time zone
 */
public record HttpSettings(String host, int port, Optional<Integer> healthPort, AccessSettings access, ZoneId zone) {

    public HttpSettings with(AccessSettings otherAccess) {
        return new HttpSettings(host, port, healthPort, otherAccess, zone);
    }
}
