/**
 * The state that a task keeps between two records: timelines, deadlines, the clock and the statistics of a partition,
 * in memory and, once per commit, in state stores. When a session is due is decided in {@code session}; when due
 * sessions are concluded, in {@code task}.
 */
package io.sessionizer.kafka.state;
