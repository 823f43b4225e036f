package io.sessionizer.quickstart;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A summary of the sessions so far, as lines of text. ASCII only, so that it is legible on every terminal. */
final class Summary {
    private static final int BAR = 40;
    private static final int DAY_BAR = 20;
    private static final int DAYS = 31;
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuuu-MM-dd EEE", Locale.ROOT);

    /** A class of session lengths: up to {@code below} seconds, exclusive. */
    private record LengthRow(String label, long below) {}

    /** Of different widths, since most sessions are short; 0 is a separate class: a visit with a single event. */
    private static final List<LengthRow> CLASSES = List.of(
            new LengthRow("0 s", 1),
            new LengthRow("1-59 s", 60),
            new LengthRow("1-5 min", 300),
            new LengthRow("5-15 min", 900),
            new LengthRow("15-30 min", 1800),
            new LengthRow("30-60 min", 3600),
            new LengthRow("> 60 min", Long.MAX_VALUE));

    private Summary() {}

    /** Totals, the distribution of lengths, and the days in the time zone. */
    static List<String> of(Tally tally, ZoneId zone) {
        List<ConcludedSession> sessions = tally.sessions();
        List<String> lines = new ArrayList<>(totals(tally, sessions));
        if (!sessions.isEmpty()) {
            lines.add("");
            lines.addAll(lengths(sessions));
            lines.add("");
            lines.addAll(days(sessions, zone));
        }
        return lines;
    }

    private static List<String> totals(Tally tally, List<ConcludedSession> sessions) {
        Collection<String> open = tally.open();
        List<String> lines = new ArrayList<>(List.of(
                format("%,12d  events stamped with their session", tally.events()),
                format("%,12d  sessions concluded%s", sessions.size(), typical(sessions)),
                format(
                        "%,12d  of them amended by late events; %,d more merged into another",
                        tally.amended(), tally.merged()),
                format(
                        "%,12d  users active now: their sessions conclude 20 minutes after their last event",
                        new HashSet<>(open).size()),
                format("%,12d  dead letters", tally.deadLetters())));
        tally.deadLettersByReason().forEach((reason, count) -> lines.add(format("%,12d    %s", count, reason)));
        return lines;
    }

    private static String typical(List<ConcludedSession> sessions) {
        if (sessions.isEmpty()) {
            return "";
        }
        long[] lengths = sessions.stream()
                .mapToLong(ConcludedSession::lengthSeconds)
                .sorted()
                .toArray();
        return ": half of them up to " + span(quantile(lengths, 0.5)) + " long, nine in ten up to "
                + span(quantile(lengths, 0.9));
    }

    /** The quantile of the lengths (nearest rank). */
    private static long quantile(long[] sorted, double share) {
        return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
    }

    private static List<String> lengths(List<ConcludedSession> sessions) {
        long[] counts = new long[CLASSES.size()];
        for (ConcludedSession session : sessions) {
            int at = 0;
            while (session.lengthSeconds() >= CLASSES.get(at).below()) {
                at++;
            }
            counts[at]++;
        }
        long most = Arrays.stream(counts).max().orElse(0);
        List<String> lines = new ArrayList<>();
        lines.add("How long sessions last");
        for (int at = 0; at < counts.length; at++) {
            lines.add(format("%12s %,9d  %s", CLASSES.get(at).label(), counts[at], bar(counts[at], most, BAR)));
        }
        return lines;
    }

    private static List<String> days(List<ConcludedSession> sessions, ZoneId zone) {
        NavigableMap<LocalDate, SummaryDay> byDay = sessions.stream()
                .collect(Collectors.toMap(
                        session -> LocalDate.ofInstant(Instant.ofEpochSecond(session.lastActivity()), zone),
                        session -> new SummaryDay(1, session.lengthSeconds()),
                        SummaryDay::plus,
                        TreeMap::new));
        List<LocalDate> latest =
                byDay.descendingKeySet().stream().limit(DAYS).sorted().toList();
        long mostSessions = latest.stream()
                .mapToLong(day -> byDay.get(day).sessions())
                .max()
                .orElse(0);
        long mostSeconds =
                latest.stream().mapToLong(day -> byDay.get(day).seconds()).max().orElse(0);
        List<String> lines = new ArrayList<>();
        lines.add(format("%-16s%9s  %-" + DAY_BAR + "s%12s", "Last active on", "sessions", "", "length"));
        for (LocalDate date : latest) {
            SummaryDay day = byDay.get(date);
            lines.add(format(
                            "%-16s%,9d  %-" + DAY_BAR + "s%10.1f h  %s",
                            DAY.format(date),
                            day.sessions(),
                            bar(day.sessions(), mostSessions, DAY_BAR),
                            day.seconds() / 3600.0,
                            bar(day.seconds(), mostSeconds, DAY_BAR))
                    .stripTrailing());
        }
        if (byDay.size() > latest.size()) {
            lines.add(format("and %,d earlier days", byDay.size() - latest.size()));
        }
        return lines;
    }

    /** Never empty for a positive count. */
    private static String bar(long count, long most, int width) {
        return count == 0 ? "" : "#".repeat((int) Math.max(1, Math.round((double) width * count / most)));
    }

    private static String span(long seconds) {
        if (seconds < 60) {
            return seconds + " s";
        }
        return seconds < 3600
                ? seconds / 60 + " min " + seconds % 60 + " s"
                : seconds / 3600 + " h " + seconds / 60 % 60 + " min";
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }

    private record SummaryDay(long sessions, long seconds) {
        SummaryDay plus(SummaryDay other) {
            return new SummaryDay(sessions + other.sessions, seconds + other.seconds);
        }
    }
}
