package io.sessionizer.kafka;

import io.sessionizer.kafka.client.ProgressMonitor;
import io.sessionizer.kafka.lookup.UserLookup;
import java.util.Optional;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;

/**
 * Kafka Streams since it was started.
 *
 * @param users the look-up in its stores
 * @param monitor watches its progress
 * @param partitions of the input
 */
record RunningStreams(KafkaStreams streams, UserLookup users, ProgressMonitor monitor, int partitions) {
    void start() {
        streams.start();
        monitor.start();
    }

    /** Why not all partitions are restored and commit, as a sentence; otherwise empty. */
    Optional<String> readinessProblem() {
        return streams.state() == KafkaStreams.State.RUNNING
                ? monitor.readinessProblem()
                : Optional.of("Not all partitions of this instance are restored.");
    }

    /** Returns whether they were closed in time. */
    boolean close(CloseOptions options) {
        monitor.close();
        return streams.close(options);
    }
}
