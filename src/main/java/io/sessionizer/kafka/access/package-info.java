/**
 * Reaching the brokers, and being allowed to use them: the connection and its protocol, and the rights that the service
 * needs. Using topics is left to {@code topics}.
 */
package io.sessionizer.kafka.access;
