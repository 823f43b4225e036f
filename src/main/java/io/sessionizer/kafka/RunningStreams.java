package io.sessionizer.kafka;

import io.sessionizer.kafka.client.InputGaps;
import io.sessionizer.kafka.client.ProgressMonitor;
import io.sessionizer.kafka.client.SteadyTime;
import io.sessionizer.kafka.client.StreamThreads;
import io.sessionizer.kafka.client.StreamsClients;
import io.sessionizer.kafka.config.StreamsProperties;
import io.sessionizer.kafka.config.UnrecoverableException;
import io.sessionizer.kafka.input.InputReads;
import io.sessionizer.kafka.input.LeaderQuestions;
import io.sessionizer.kafka.input.StartPositions;
import io.sessionizer.kafka.lookup.UserLookup;
import io.sessionizer.kafka.state.LocalState;
import io.sessionizer.kafka.task.DeadLetterLog;
import io.sessionizer.kafka.task.InputScope;
import io.sessionizer.kafka.task.InstanceScope;
import io.sessionizer.kafka.topics.ClusterWatch;
import io.sessionizer.kafka.topics.InputTopic;
import io.sessionizer.kafka.topics.InputTopicWatch;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;

/**
 * Kafka Streams, and what runs alongside its threads.
 *
 * @param users the look-up in its stores
 * @param questions requests the end offsets of the logs
 * @param monitor watches its progress
 * @param watch checks that topics and rights still let it work
 */
record RunningStreams(
        KafkaStreams streams,
        UserLookup users,
        LeaderQuestions questions,
        ProgressMonitor monitor,
        ClusterWatch watch) {
    /** Creates all of it; nothing is read until {@link #start}. */
    static RunningStreams open(StreamsConfig config, InstanceScope scope) {
        StreamThreads threads = new StreamThreads(StreamsProperties.maxPollIntervalMs(config));
        InputTopic input = scope.topics().input();
        InputTopicWatch inputWatch = new InputTopicWatch(config, input);
        InputGaps gaps = new InputGaps(input.name(), scope.counters()::countDeletedUnread, inputWatch::check);
        StreamsClients clients = new StreamsClients(threads, scope.counters().commits(), gaps);
        LeaderQuestions questions = LeaderQuestions.start(
                config.getAdminConfigs("sessionizer-log-ends"), scope.now().wall());
        InputReads reads = new InputReads(questions.logEnds(), clients::beginProcessing, clients::progress);
        StartPositions positions =
                new StartPositions(scope.settings(), input, clients::ofCurrentThread, inputWatch::check);
        Topology topology =
                new SessionTopology(scope, new InputScope(reads, new DeadLetterLog(), positions)).build(config);
        Properties properties = new Properties();
        properties.putAll(config.originals());
        KafkaStreams streams = new KafkaStreams(topology, properties, clients, new SteadyTime());
        return new RunningStreams(
                streams,
                UserLookup.of(streams, input.partitions(), scope.settings().rules(), config),
                questions,
                new ProgressMonitor(threads, scope.counters().commits()),
                new ClusterWatch(
                        scope.settings(), config, inputWatch, scope.topics().limits()));
    }

    /** @param onChange receives why the service must stop, if the topics have changed */
    void start(Consumer<UnrecoverableException> onChange) {
        streams.start();
        monitor.start();
        watch.start(onChange);
    }

    /**
     * Throws if the cause of a stream thread's failure lies outside and stays, so that no other thread would get further.
     *
     * @throws UnrecoverableException with one line for the operator
     * @throws org.apache.kafka.common.KafkaException if the brokers do not respond
     */
    void requireUsable(LocalState state, Throwable failure) {
        state.problem(failure).ifPresent(line -> {
            throw new UnrecoverableException(line);
        });
        watch.check();
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
        watch.close();
        return isInTime;
    }
}
