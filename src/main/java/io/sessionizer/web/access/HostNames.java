package io.sessionizer.web.access;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The names that requests may be for. A page from another site whose host name resolves to this server (DNS rebinding)
 * must not be able to read data that the browser's user may read. That attack needs a name, so IP addresses are always allowed.
 */
final class HostNames {
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(?:\\.\\d{1,3}){3}|\\[::1]");
    private static final Pattern ADDRESS = Pattern.compile("\\d{1,3}(?:\\.\\d{1,3}){3}|\\[[0-9a-fA-F:.%]+]");
    private static final Pattern PORT = Pattern.compile(":\\d{1,5}$");

    private final Set<String> allowed = new HashSet<>();

    /** @param names hosts of any case, with or without a port */
    HostNames(Set<String> names) {
        names.forEach(name -> allowed.add(withoutPort(name)));
    }

    /** Whether the value of a header Host means this machine. */
    static boolean isLoopback(String host) {
        return LOOPBACK.matcher(withoutPort(host)).matches();
    }

    /** @param host the value of the header Host */
    boolean areFor(String host) {
        String name = withoutPort(host);
        return isLoopback(name) || ADDRESS.matcher(name).matches() || allowed.contains(name);
    }

    private static String withoutPort(String host) {
        return PORT.matcher(host.toLowerCase(Locale.ROOT)).replaceFirst("");
    }
}
