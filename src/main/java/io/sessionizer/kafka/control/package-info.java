/**
 * The clients besides those of Kafka Streams: following the settings topic and the board topic, switching session
 * tracking, and erasing users.
 */
package io.sessionizer.kafka.control;
