/**
 * What a task keeps between two records: timelines, deadlines, the clock and the statistics of a partition, in
 * memory and, once per commit, in state stores. When a session concludes is decided in {@code task}.
 */
package io.sessionizer.kafka.state;
