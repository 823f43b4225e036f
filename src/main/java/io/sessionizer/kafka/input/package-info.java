/**
 * Input records: deserializing them, assigning their timestamps, and detecting the end and the idleness of a
 * partition. Processing a record is left to {@code task}.
 */
package io.sessionizer.kafka.input;
