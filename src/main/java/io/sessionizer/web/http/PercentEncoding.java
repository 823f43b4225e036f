package io.sessionizer.web.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Percent-encoding (RFC 3986 section 2.1) of UTF-8, strictly: invalid encodings are rejected, never replaced, since the
 * result would be another user.
 */
public final class PercentEncoding {
    private static final String HEX = "0123456789ABCDEF";

    private PercentEncoding() {}

    /** @throws HttpException where {@code text} is not percent-encoded UTF-8 */
    public static String decode(String text) {
        if (text.indexOf('\uFFFD') >= 0) {
            // replaces bytes that were sent unencoded and are not UTF-8
            throw HttpException.badRequest("The address must be percent-encoded UTF-8.");
        }
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream(encoded.length);
        for (int i = 0; i < encoded.length; i++) {
            if (encoded[i] == '%') {
                out.write(octet(encoded, i));
                i += 2;
            } else {
                out.write(encoded[i]);
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(out.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw HttpException.badRequest("The address must be percent-encoded UTF-8.");
        }
    }

    private static int octet(byte[] encoded, int at) {
        int high = at + 2 < encoded.length ? Character.digit(encoded[at + 1], 16) : -1;
        int low = at + 2 < encoded.length ? Character.digit(encoded[at + 2], 16) : -1;
        if (high < 0 || low < 0) {
            throw HttpException.badRequest(
                    "The address must be percent-encoded: each % must be followed by two hexadecimal digits.");
        }
        return high << 4 | low;
    }

    /** Encodes every byte but letters and digits. */
    public static String encode(byte[] utf8) {
        StringBuilder out = new StringBuilder(utf8.length * 3);
        for (byte octet : utf8) {
            if (octet >= '0' && octet <= '9' || octet >= 'A' && octet <= 'Z' || octet >= 'a' && octet <= 'z') {
                out.append((char) octet);
            } else {
                out.append('%').append(HEX.charAt(octet >> 4 & 0xF)).append(HEX.charAt(octet & 0xF));
            }
        }
        return out.toString();
    }
}
