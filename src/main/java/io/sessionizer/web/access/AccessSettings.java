package io.sessionizer.web.access;

import io.sessionizer.web.http.ListenHost;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * Who may read and change.
 *
 * @param reads who may read
 * @param token the bearer token of changes; at most one of it and its file is set
 * @param tokenFile the file that has the token; it is read again whenever the token is needed
 * @param names names allowed in the Host header, in lower case and without a port, in addition to the service's own
 * @param proxy the proxy that authenticates users, for {@link ReadAccess#PROXY}
 */
public record AccessSettings(
        ReadAccess reads, Optional<String> token, Optional<Path> tokenFile, Set<String> names, ProxySettings proxy) {
    /** Open to read, without a token. */
    public static final AccessSettings DEFAULT = new AccessSettings(
            ReadAccess.OPEN, Optional.empty(), Optional.empty(), Set.of(), new ProxySettings(Set.of(), ""));

    public AccessSettings {
        names = Set.copyOf(names);
    }

    /** Who may read. */
    public enum ReadAccess {
        /** Everyone who can reach the server. */
        OPEN,
        /** Clients that present the token. */
        TOKEN,
        /** Users authenticated by the proxy, and clients that present the token. */
        PROXY
    }

    /**
     * A proxy that authenticates users.
     *
     * @param addresses the addresses that it connects from
     * @param userHeader the header that it names the user in, in lower case; empty if there is no such proxy
     */
    public record ProxySettings(Set<AddressRange> addresses, String userHeader) {
        public ProxySettings {
            addresses = Set.copyOf(addresses);
        }
    }

    public boolean hasToken() {
        return token.isPresent() || tokenFile.isPresent();
    }

    /** Whether a server at this host is secured without a token: only this machine reaches it. */
    public static boolean isLoopback(String host) {
        return HostNames.isLoopback(new ListenHost(host).inUri());
    }

    /** Whether {@code host:port}, as in a URI, is a loopback name or address. */
    public static boolean isLoopbackAddress(String address) {
        return HostNames.isLoopback(address);
    }

    public AccessSettings withTokenFile(Path file) {
        return new AccessSettings(reads, Optional.empty(), Optional.of(file), names, proxy);
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "AccessSettings[" + reads + ", " + tokenFile + ", " + names + ", " + proxy + "]";
    }
}
