package io.sessionizer.event;

import io.sessionizer.event.json.Digits;

/**
 * The time of an event, as a JSON number: epoch seconds, or epoch milliseconds from 100,000,000,000 on (specification,
 * section 1). It is read digit by digit, so that no literal, however long or large, is read more than once.
 */
public final class EventTime {
    /** The last millisecond of the year 9999. */
    public static final long MAX_MS = 253_402_300_799_999L;

    /** Not a time, or out of range. */
    static final long INVALID = -1;

    private static final long MIN_EPOCH_MS = 100_000_000_000L;
    // 16 digits exceed any valid time.
    private static final int MAX_DIGITS = 15;
    // More than the maximum number of digits in an array, so that no run of zeros can compensate for a capped exponent.
    private static final long EXPONENT_LIMIT = 10_000_000_000L;

    private EventTime() {}

    /** {@code ms} if it is from 0 to the end of the year 9999, otherwise {@link #INVALID}. */
    static long inRange(long ms) {
        return ms >= 0 && ms <= MAX_MS ? ms : INVALID;
    }

    /** Epoch milliseconds of a valid JSON number, truncated, or {@link #INVALID}. */
    static long ofNumber(byte[] in, int from, int to) {
        return to - from <= MAX_DIGITS && Digits.end(in, from) >= to ? ofWhole(in, from, to) : ofAny(in, from, to);
    }

    /** The common case: few enough digits to fit a long, even as ms. */
    private static long ofWhole(byte[] in, int from, int to) {
        long number = leading(in, from, to, to - from);
        return inRange(number >= MIN_EPOCH_MS ? number : number * 1000);
    }

    private static long ofAny(byte[] in, int from, int to) {
        boolean isNegative = in[from] == '-';
        int first = isNegative ? from + 1 : from;
        int mantissaEnd = first;
        int point = -1;
        while (mantissaEnd < to && (in[mantissaEnd] | 0x20) != 'e') {
            if (in[mantissaEnd] == '.') {
                point = mantissaEnd;
            }
            mantissaEnd++;
        }
        int significant = first;
        while (significant < mantissaEnd && (in[significant] == '0' || in[significant] == '.')) {
            significant++;
        }
        if (significant == mantissaEnd) {
            return 0;
        }
        if (isNegative) {
            return INVALID;
        }
        int pointAt = point < 0 ? mantissaEnd : point;
        long wholeDigits = pointAt - significant + (significant > pointAt ? 1 : 0) + exponent(in, mantissaEnd, to);
        return ofDigits(in, significant, mantissaEnd, wholeDigits);
    }

    private static long ofDigits(byte[] in, int from, int to, long wholeDigits) {
        if (wholeDigits > MAX_DIGITS) {
            return INVALID;
        }
        long whole = leading(in, from, to, wholeDigits);
        return whole >= MIN_EPOCH_MS ? inRange(whole) : leading(in, from, to, wholeDigits + 3);
    }

    /** The number that the first so many digits make, with zeros after the last one. */
    private static long leading(byte[] in, int from, int to, long count) {
        long number = 0;
        long missing = count;
        for (int i = from; i < to && missing > 0; i++) {
            if (in[i] != '.') {
                number = number * 10 + in[i] - '0';
                missing--;
            }
        }
        for (; missing > 0; missing--) {
            number *= 10;
        }
        return number;
    }

    private static long exponent(byte[] in, int mantissaEnd, int to) {
        if (mantissaEnd == to) {
            return 0;
        }
        boolean isSigned = in[mantissaEnd + 1] == '-' || in[mantissaEnd + 1] == '+';
        long exponent = 0;
        for (int i = mantissaEnd + (isSigned ? 2 : 1); i < to; i++) {
            exponent = Math.min(EXPONENT_LIMIT, exponent * 10 + in[i] - '0');
        }
        return in[mantissaEnd + 1] == '-' ? -exponent : exponent;
    }
}
