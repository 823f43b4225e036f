/**
 * Reaching the brokers, and being allowed to use them: the connection and its protocol, and the rights that the service
 * needs. What is done with topics is left to {@code topics}.
 */
package io.sessionizer.kafka.access;
