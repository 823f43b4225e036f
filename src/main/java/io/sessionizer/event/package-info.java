/**
 * The bytes of an input event: reading it in one pass, validating it, its time and user, and the place of its
 * session id. Does not depend on Kafka. {@code session} decides which session an event joins, and {@code record} writes
 * the output.
 */
package io.sessionizer.event;
