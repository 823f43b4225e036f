/**
 * Describes events of any JSON pipeline: the locations of their parts, the formats with their defaults, and the events
 * that count. {@code event} reads and stamps events according to this description; {@code record} writes output
 * according to it.
 */
package io.sessionizer.event.format;
