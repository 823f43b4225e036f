/**
 * The clients that Kafka Streams runs on: Kafka's own, extended by what the service must observe or change. Other
 * requests to brokers are left to {@code input}, {@code topics} and {@code control}.
 */
package io.sessionizer.kafka.client;
