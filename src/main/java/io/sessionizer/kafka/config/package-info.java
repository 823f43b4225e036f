/**
 * Settings of the Kafka side: what the operator may choose, the properties of Kafka Streams and RocksDB that follow from it, the
 * names of nodes and stores, and the failures that prevent a start. Imports no other Kafka package.
 */
package io.sessionizer.kafka.config;
