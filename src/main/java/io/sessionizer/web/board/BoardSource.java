package io.sessionizer.web.board;

import java.time.Clock;

/**
 * The data that the Session Board is computed from.
 *
 * @param totals the statistics of all partitions
 * @param gapSeconds the inactivity gap, in whole seconds
 * @param clock the wall clock
 */
public record BoardSource(BoardTotals totals, long gapSeconds, Clock clock) {}
