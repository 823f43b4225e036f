package io.sessionizer.web.http;

import java.util.regex.Pattern;

/**
 * The host that a server listens at.
 *
 * @param name a name or an address; an IPv6 address without brackets
 */
public record ListenHost(String name) {
    private static final Pattern WILDCARD_ADDRESS = Pattern.compile("0\\.0\\.0\\.0|[0:]+");

    /** Whether it means all addresses of the machine, so that clients need another name. */
    public boolean isWildcard() {
        return WILDCARD_ADDRESS.matcher(name).matches();
    }

    /** As in a URI and in the header Host: an IPv6 address is in brackets. */
    public String inUri() {
        return name.contains(":") ? "[" + name + "]" : name;
    }
}
