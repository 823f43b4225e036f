package io.sessionizer.kafka;

import io.sessionizer.kafka.client.ProgressMonitor;
import io.sessionizer.kafka.client.SteadyTime;
import io.sessionizer.kafka.client.StreamThreads;
import io.sessionizer.kafka.client.StreamsClients;
import io.sessionizer.kafka.config.StreamsProperties;
import io.sessionizer.kafka.input.InputReads;
import io.sessionizer.kafka.input.LeaderQuestions;
import io.sessionizer.kafka.lookup.UserLookup;
import io.sessionizer.kafka.task.DeadLetterLog;
import io.sessionizer.kafka.task.InputScope;
import io.sessionizer.kafka.task.InstanceScope;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;

/**
 * Kafka Streams, and what works beside its threads.
 *
 * @param users the look-up in its stores
 * @param questions asks where the logs end
 * @param monitor watches its progress
 * @param partitions of the input
 */
record RunningStreams(
        KafkaStreams streams, UserLookup users, LeaderQuestions questions, ProgressMonitor monitor, int partitions) {
    /** Makes all of it; nothing is read until {@link #start}. */
    static RunningStreams open(StreamsConfig config, InstanceScope scope) {
        StreamThreads threads = new StreamThreads(StreamsProperties.maxPollIntervalMs(config));
        StreamsClients clients = new StreamsClients(threads, scope.counters().commits());
        LeaderQuestions questions = LeaderQuestions.start(
                config.getAdminConfigs("sessionizer-log-ends"), scope.now().wall());
        InputReads reads = new InputReads(questions.logEnds(), clients::beginProcessing, clients::progress);
        Topology topology = new SessionTopology(scope, new InputScope(reads, new DeadLetterLog())).build(config);
        Properties properties = new Properties();
        properties.putAll(config.originals());
        KafkaStreams streams = new KafkaStreams(topology, properties, clients, new SteadyTime());
        int partitions = scope.topics().partitions();
        return new RunningStreams(
                streams,
                UserLookup.of(streams, partitions, config),
                questions,
                new ProgressMonitor(threads, scope.counters().commits()),
                partitions);
    }

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
    boolean close(Duration timeout) {
        monitor.close();
        boolean isInTime = streams.close(timeout);
        questions.close();
        return isInTime;
    }
}
