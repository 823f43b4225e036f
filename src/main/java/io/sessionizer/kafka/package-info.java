/**
 * The Kafka Streams adapter. At its root are the entry point, {@link io.sessionizer.kafka.Sessionizer}, the topology
 * and the handling of stream thread failures. The sub-packages follow the path of a record: {@code config}, {@code
 * topics}, {@code input}, {@code state}, {@code task}; {@code control} and {@code lookup} serve requests from other
 * threads.
 */
package io.sessionizer.kafka;
