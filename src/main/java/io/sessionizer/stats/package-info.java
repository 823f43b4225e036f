/**
 * Counting sessions: statistics per quarter-hour, length buckets, and when users become active and inactive. Plain
 * arithmetic on timelines before and after a change; storing and publishing the counts is left to the Kafka
 * packages.
 */
package io.sessionizer.stats;
