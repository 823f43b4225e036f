/**
 * The clients that Kafka Streams runs on: Kafka's own, with what the service must know of them or change in them.
 * Whatever is asked of the broker besides is left to {@code input}, {@code topics} and {@code control}.
 */
package io.sessionizer.kafka.client;
