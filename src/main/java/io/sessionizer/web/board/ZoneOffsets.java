package io.sessionizer.web.board;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;

/**
 * The clocks of a zone in the days of a board. Zones for which these are equal have the same board.
 *
 * @param now the offset now
 * @param transitions the changes of the offset in these days, the latest first
 */
record ZoneOffsets(ZoneOffset now, List<ZoneOffsetTransition> transitions) {
    /** The board's days, and a day on each side for the largest offsets. */
    private static final Duration BEFORE = Duration.ofDays(BoardSummary.DAYS + 2L);

    private static final Duration AFTER = Duration.ofDays(2);

    static ZoneOffsets of(ZoneId zone, Instant now) {
        List<ZoneOffsetTransition> transitions = new ArrayList<>();
        ZoneOffsetTransition transition = zone.getRules().previousTransition(now.plus(AFTER));
        while (transition != null && transition.getInstant().isAfter(now.minus(BEFORE))) {
            transitions.add(transition);
            transition = zone.getRules().previousTransition(transition.getInstant());
        }
        return new ZoneOffsets(zone.getRules().getOffset(now), List.copyOf(transitions));
    }
}
