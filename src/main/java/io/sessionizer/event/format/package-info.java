/**
 * Where an event's parts are, in any JSON pipeline's shape: locations, the formats with their defaults, and which events
 * count. Only describes; {@code event} reads and stamps by it, {@code record} writes by it.
 */
package io.sessionizer.event.format;
