package io.sessionizer.record;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.sessionizer.session.SessionId;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes JSON as bytes, without intermediate Strings. Not thread-safe. */
final class JsonBuffer {
    // The digits and sign of Long.MIN_VALUE.
    private static final int MAX_NUMBER_LENGTH = 20;

    private final byte[] out;
    private int at;

    /** @param maxLength upper bound of the bytes that will be written */
    JsonBuffer(long maxLength) {
        out = new byte[Math.toIntExact(maxLength)];
    }

    JsonBuffer put(byte[] json) {
        System.arraycopy(json, 0, out, at, json.length);
        at += json.length;
        return this;
    }

    /** Writes the id as a JSON value. */
    JsonBuffer put(SessionId id) {
        at = id.writeJsonTo(out, at);
        return this;
    }

    /** @param number not negative */
    JsonBuffer put(long number) {
        int end = at + digits(number);
        long rest = number;
        for (int i = end - 1; i >= at; i--) {
            out[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        at = end;
        return this;
    }

    private static int digits(long number) {
        int digits = 1;
        for (long power = 10; power <= number && digits < MAX_NUMBER_LENGTH - 1; power *= 10) {
            digits++;
        }
        return digits;
    }

    /** @param text valid UTF-8; written in quotes */
    JsonBuffer putQuoted(byte[] text) {
        out[at++] = '"';
        put(isPlain(text) ? text : escaped(text));
        out[at++] = '"';
        return this;
    }

    /** @param ascii without quotes, backslashes and control characters; written in quotes */
    JsonBuffer putQuoted(String ascii) {
        return putQuoted(ascii.getBytes(StandardCharsets.US_ASCII));
    }

    private static boolean isPlain(byte[] text) {
        for (byte b : text) {
            if (b >= 0 && b < ' ' || b == '"' || b == '\\') {
                return false;
            }
        }
        return true;
    }

    private static byte[] escaped(byte[] text) {
        return JsonStringEncoder.getInstance().quoteAsUTF8(new String(text, StandardCharsets.UTF_8));
    }

    byte[] toBytes() {
        return Arrays.copyOf(out, at);
    }
}
