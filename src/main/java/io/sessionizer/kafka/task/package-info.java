/**
 * What a task does with a record or a tick: add events to sessions, conclude what is due, and publish events,
 * conclusions, rows, profiles, dead letters and statistics. The rules are in {@code session}, {@code stats} and {@code
 * event}, the stores in {@code state}.
 */
package io.sessionizer.kafka.task;
