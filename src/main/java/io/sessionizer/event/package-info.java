/**
 * The bytes of an input event: reading it in one pass, validating it, its time and user, and the place of its
 * session id. Knows nothing of Kafka; which session an event joins is decided by {@code session}, and what is
 * written about it is in {@code record}.
 */
package io.sessionizer.event;
