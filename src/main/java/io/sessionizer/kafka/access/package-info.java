/**
 * Access to the brokers: the connection and its protocol, and the rights that the service needs. Using topics is left
 * to {@code topics}.
 */
package io.sessionizer.kafka.access;
