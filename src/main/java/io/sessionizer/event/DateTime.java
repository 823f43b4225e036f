package io.sessionizer.event;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.util.Optional;

/**
 * A date and time as text. With a zone, it has the format of RFC 3339, section 5.6: {@code
 * 2016-07-12T12:25:40.125+05:30}. If a default zone is configured, the zone may be missing: {@code 2016-07-12
 * 12:25:40.125}. Only real dates are valid; a fraction may have any length, and is truncated to milliseconds. Second 60
 * is valid if a leap second can occur then, in the last minute of a month in UTC, and is read as the second that
 * follows.
 */
final class DateTime {
    /** Returned if the text is not a date and time. */
    static final long NONE = Long.MIN_VALUE;

    // The length of "2016-07-12T12:25:40"; a fraction and the zone follow.
    private static final int SECONDS_END = 19;
    private static final int OFFSET_LENGTH = 6;
    private static final int DAY_SECONDS = 86_400;
    // A day before 1970 is valid: with an offset, its last hours may be in 1970.
    private static final long NO_DAY = Long.MIN_VALUE;

    private DateTime() {}

    /**
     * Epoch milliseconds, which may be before 1970 or after the year 9999, or {@link #NONE}.
     *
     * @param zone the zone of times without a zone; if empty, such times are invalid
     */
    static long parse(byte[] in, int from, int to, Optional<ZoneRules> zone) {
        if (to - from < SECONDS_END || !hasSeparators(in, from)) {
            return NONE;
        }
        int zoneAt = zoneAt(in, from + SECONDS_END, to);
        boolean hasZone = isZone(in, zoneAt, to) && in[from + 10] != ' ';
        if (!hasZone && (zoneAt < to || zone.isEmpty())) {
            return NONE;
        }
        long day = epochDay(in, from);
        int hour = number(in, from + 11, 2);
        int minute = number(in, from + 14, 2);
        int second = number(in, from + 17, 2);
        if (day == NO_DAY || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) {
            return NONE;
        }
        long localMinute = day * DAY_SECONDS + hour * 3600 + minute * 60;
        long utcMinute = localMinute - (hasZone ? offsetSeconds(in, zoneAt) : offsetAt(localMinute, zone.get()));
        if (second == 60 && !endsMonth(utcMinute)) {
            return NONE;
        }
        return (utcMinute + second) * 1000 + millis(in, from + SECONDS_END, zoneAt);
    }

    /** The zone's offset at a local time; if the clocks change at that time, the offset before the change. */
    private static int offsetAt(long localSeconds, ZoneRules zone) {
        return zone.getOffset(LocalDateTime.ofEpochSecond(localSeconds, 0, ZoneOffset.UTC))
                .getTotalSeconds();
    }

    private static boolean hasSeparators(byte[] in, int from) {
        return in[from + 4] == '-'
                && in[from + 7] == '-'
                && ((in[from + 10] | 0x20) == 't' || in[from + 10] == ' ')
                && in[from + 13] == ':'
                && in[from + 16] == ':';
    }

    /** The index after the fraction, if there is one. */
    private static int zoneAt(byte[] in, int fraction, int to) {
        if (fraction == to || in[fraction] != '.') {
            return fraction;
        }
        int at = fraction + 1;
        while (at < to && isDigit(in[at])) {
            at++;
        }
        return at == fraction + 1 ? fraction : at;
    }

    private static boolean isZone(byte[] in, int at, int to) {
        if (to - at == 1) {
            return (in[at] | 0x20) == 'z';
        }
        if (to - at != OFFSET_LENGTH || (in[at] != '+' && in[at] != '-') || in[at + 3] != ':') {
            return false;
        }
        int hours = number(in, at + 1, 2);
        int minutes = number(in, at + 4, 2);
        return hours >= 0 && hours <= 23 && minutes >= 0 && minutes <= 59;
    }

    private static int offsetSeconds(byte[] in, int zone) {
        if (in[zone] != '+' && in[zone] != '-') {
            return 0;
        }
        int seconds = number(in, zone + 1, 2) * 3600 + number(in, zone + 4, 2) * 60;
        return in[zone] == '-' ? -seconds : seconds;
    }

    /** Days since 1970-01-01, or {@link #NO_DAY} for an invalid date. */
    private static long epochDay(byte[] in, int from) {
        int year = number(in, from, 4);
        int month = number(in, from + 5, 2);
        int day = number(in, from + 8, 2);
        if (year < 0 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) {
            return NO_DAY;
        }
        // Years that begin in March have the leap day at their end, which makes the days of the months before regular.
        int marchYear = month > 2 ? year : year - 1;
        int dayOfMarchYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
        return 365L * marchYear + marchYear / 4 - marchYear / 100 + marchYear / 400 + dayOfMarchYear - 719_468;
    }

    private static int daysIn(int year, int month) {
        return switch (month) {
            case 2 -> year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
            case 4, 6, 9, 11 -> 30;
            default -> 31;
        };
    }

    private static boolean endsMonth(long utcMinute) {
        long nextMinute = utcMinute + 60;
        return nextMinute % DAY_SECONDS == 0
                && LocalDate.ofEpochDay(nextMinute / DAY_SECONDS).getDayOfMonth() == 1;
    }

    private static int millis(byte[] in, int fraction, int zone) {
        int millis = 0;
        for (int i = fraction + 1; i <= fraction + 3; i++) {
            millis = millis * 10 + (i < zone ? in[i] - '0' : 0);
        }
        return millis;
    }

    /** The number made of these digits, or -1 if one of them is not a digit. */
    private static int number(byte[] in, int from, int digits) {
        int number = 0;
        for (int i = from; i < from + digits; i++) {
            if (!isDigit(in[i])) {
                return -1;
            }
            number = number * 10 + in[i] - '0';
        }
        return number;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }
}
