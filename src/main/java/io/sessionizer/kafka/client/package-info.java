/**
 * The clients that Kafka Streams runs on: Kafka's own, extended to observe or change their behaviour. Other requests to
 * brokers are left to {@code input}, {@code topics} and {@code control}.
 */
package io.sessionizer.kafka.client;
