package io.sessionizer.kafka;

import io.sessionizer.kafka.lookup.UserLookup;
import org.apache.kafka.streams.KafkaStreams;

/** Kafka Streams since it was started, and the look-up in its stores. */
record RunningStreams(KafkaStreams streams, UserLookup users) {
    boolean areRestored() {
        return streams.state() == KafkaStreams.State.RUNNING;
    }
}
