package io.sessionizer.kafka;

import io.sessionizer.kafka.lookup.UserLookup;
import org.apache.kafka.streams.KafkaStreams;

/**
 * Kafka Streams since it was started.
 *
 * @param users the look-up in its stores
 * @param partitions of the input
 */
record RunningStreams(KafkaStreams streams, UserLookup users, int partitions) {
    boolean areRestored() {
        return streams.state() == KafkaStreams.State.RUNNING;
    }
}
