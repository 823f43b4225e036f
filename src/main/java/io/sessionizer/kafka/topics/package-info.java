/**
 * The steps before processing starts: connecting to the brokers, checking and creating topics, and reading the limits
 * of the output topics. Processing is left to {@code input} and {@code task}.
 */
package io.sessionizer.kafka.topics;
