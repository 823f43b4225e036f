package io.sessionizer.event;

import io.sessionizer.event.json.Digits;
import io.sessionizer.event.json.JsonNumber;
import java.time.zone.ZoneRules;
import java.util.Optional;

/**
 * The time of an event: a number, the same number as text, or a date and time (specification, section 1). The magnitude
 * of a number determines whether it is in epoch seconds, milliseconds, microseconds or nanoseconds. A number is read
 * digit by digit, so that no literal, however long or large, is read more than once.
 */
public final class EventTime {
    /** The last millisecond of the year 9999. */
    public static final long MAX_MS = 253_402_300_799_999L;

    /** Not a time, or out of range. */
    static final long INVALID = -1;

    /**
     * The numbers of digits before the decimal point at which the unit changes: 1e11 is in ms, 1e14 in us, 1e17 in ns.
     */
    private static final int MS_DIGITS = 12;

    private static final int US_DIGITS = 15;
    private static final int NS_DIGITS = 18;
    // The end of the year 9999 in ns has 21 digits.
    private static final int MAX_DIGITS = 21;
    // More than the maximum number of digits in an array, so that no run of zeros can compensate for a capped exponent.
    private static final long EXPONENT_LIMIT = 10_000_000_000L;

    private EventTime() {}

    /** {@code ms} if it is from 0 to the end of the year 9999, otherwise {@link #INVALID}. */
    static long inRange(long ms) {
        return ms >= 0 && ms <= MAX_MS ? ms : INVALID;
    }

    /** Epoch milliseconds of a valid JSON number, truncated, or {@link #INVALID}. */
    static long ofNumber(byte[] in, int from, int to) {
        return to - from < US_DIGITS && Digits.end(in, from) >= to ? ofWhole(in, from, to) : ofAny(in, from, to);
    }

    /**
     * Epoch milliseconds of a time as text, or {@link #INVALID}.
     *
     * @param zone the zone of a date and time without a zone; if empty, such a time is invalid
     */
    static long ofText(byte[] in, int from, int to, Optional<ZoneRules> zone) {
        return JsonNumber.isAt(in, from, to) ? ofNumber(in, from, to) : inRange(DateTime.parse(in, from, to, zone));
    }

    /** The common case, whole seconds or ms: few enough digits to fit a long, even as ms. */
    private static long ofWhole(byte[] in, int from, int to) {
        long number = leading(in, from, to, to - from);
        return inRange(to - from >= MS_DIGITS ? number : number * 1000);
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
        int moreThanMs =
                wholeDigits >= NS_DIGITS ? 6 : wholeDigits >= US_DIGITS ? 3 : wholeDigits >= MS_DIGITS ? 0 : -3;
        return inRange(leading(in, from, to, wholeDigits - moreThanMs));
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
