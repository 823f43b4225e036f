package io.sessionizer.web.access;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * IP addresses with a common prefix.
 *
 * @param address the first address
 * @param bits the length of the prefix
 */
public record AddressRange(InetAddress address, int bits) {
    private static final Pattern LITERAL = Pattern.compile("\\d{1,3}(?:\\.\\d{1,3}){3}|[0-9a-fA-F.]*:[0-9a-fA-F:.]+");
    private static final Pattern LENGTH = Pattern.compile("\\d{1,3}");

    /** Reads an IP address, or a range such as {@code 10.0.0.0/8}; empty if {@code text} is neither. */
    public static Optional<AddressRange> parse(String text) {
        int slash = text.indexOf('/');
        String literal = slash < 0 ? text : text.substring(0, slash);
        String length = slash < 0 ? "" : text.substring(slash + 1);
        if (!LITERAL.matcher(literal).matches()
                || slash >= 0 && !LENGTH.matcher(length).matches()) {
            return Optional.empty();
        }
        try {
            // a literal is never resolved
            InetAddress address = InetAddress.getByName(literal);
            int all = address.getAddress().length * Byte.SIZE;
            int bits = slash < 0 ? all : Integer.parseInt(length);
            return bits <= all ? Optional.of(new AddressRange(address, bits)) : Optional.empty();
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    boolean contains(InetAddress other) {
        byte[] prefix = address.getAddress();
        byte[] tested = other.getAddress();
        if (prefix.length != tested.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> bit % Byte.SIZE;
            if (((prefix[bit / Byte.SIZE] ^ tested[bit / Byte.SIZE]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }
}
