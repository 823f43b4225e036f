package io.sessionizer.kafka.input;

import io.sessionizer.kafka.client.CommittedPosition;
import io.sessionizer.kafka.client.LogRange;
import io.sessionizer.kafka.client.MainConsumer;
import io.sessionizer.kafka.config.SessionizerSettings;
import io.sessionizer.kafka.config.UnrecoverableException;
import io.sessionizer.kafka.topics.InputTopic;
import io.sessionizer.record.Checkpoint.InputPosition;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.StreamsConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides where reading of each input partition resumes when its task starts: at its committed position, if that agrees
 * with the state (specification, section 4). Thread-safe.
 */
public final class StartPositions {
    private static final Logger LOG = LoggerFactory.getLogger(StartPositions.class);

    private final InputTopic topic;
    private final Supplier<Optional<MainConsumer>> consumers;
    private final Runnable requireSameTopic;
    private final boolean isExactlyOnce;
    private final boolean areAccepted;
    /** Positions are accepted at the first check only. */
    private final Set<TopicPartition> checked = ConcurrentHashMap.newKeySet();

    /**
     * @param topic the input as it was at the start
     * @param consumers the current thread's main consumer
     * @param requireSameTopic throws if the input has changed since; may query the broker
     */
    public StartPositions(
            SessionizerSettings settings,
            InputTopic topic,
            Supplier<Optional<MainConsumer>> consumers,
            Runnable requireSameTopic) {
        this.topic = topic;
        this.consumers = consumers;
        this.requireSameTopic = requireSameTopic;
        this.isExactlyOnce = StreamsConfig.EXACTLY_ONCE_V2.equals(
                settings.runtime().kafka().get(StreamsConfig.PROCESSING_GUARANTEE_CONFIG));
        this.areAccepted = settings.runtime().acceptsPositions();
    }

    /** The id of the topic that is read. */
    public UUID topicId() {
        return topic.id();
    }

    /**
     * Where reading of the partition resumes. Call it before its first record is processed.
     *
     * @param number of the partition
     * @param stored with the partition's state; empty if that is of an older version, or no record was processed
     * @return empty if no position is known: then no record was processed
     * @throws UnrecoverableException if records would be skipped or read twice, or if the partition is new
     */
    public Optional<InputPosition> resume(int number, Optional<InputPosition> stored) {
        if (number >= topic.partitions()) {
            requireSameTopic.run();
            throw new UnrecoverableException(
                    topic.violation(topic.with(number + 1)).orElseThrow());
        }
        TopicPartition partition = new TopicPartition(topic.name(), number);
        Optional<InputPosition> position = consumers
                .get()
                .map(consumer ->
                        stored.map(last -> checked(consumer, partition, last)).or(() -> adopted(consumer, partition)))
                .orElse(stored);
        checked.add(partition);
        return position;
    }

    /** The state has no position: the one that was committed with it applies. */
    private Optional<InputPosition> adopted(MainConsumer consumer, TopicPartition partition) {
        return consumer.committedPosition(partition)
                .filter(CommittedPosition::isFromStreams)
                .map(committed -> new InputPosition(topic.id(), committed.nextOffset()));
    }

    private InputPosition checked(MainConsumer consumer, TopicPartition partition, InputPosition stored) {
        Optional<CommittedPosition> committed = consumer.committedPosition(partition);
        Optional<PositionViolation> violation = PositionViolation.find(stored, topic.id(), committed, isExactlyOnce);
        if (violation.isEmpty()) {
            return stored;
        }
        // a topic that was deleted meanwhile has lost its committed positions too
        requireSameTopic.run();
        if (!areAccepted || checked.contains(partition)) {
            throw new UnrecoverableException(line(violation.get(), partition, stored, consumer));
        }
        long nextOffset =
                switch (violation.get()) {
                    case OTHER_TOPIC -> consumer.logRange(partition).start();
                    case MISSING -> stored.nextOffset();
                    case FOREIGN, BEFORE -> committed.orElseThrow().nextOffset();
                };
        consumer.resumeAt(partition, nextOffset);
        LOG.warn("{}: positions are accepted, resuming at {}", partition, nextOffset);
        return new InputPosition(topic.id(), nextOffset);
    }

    private static String line(
            PositionViolation violation, TopicPartition partition, InputPosition stored, MainConsumer consumer) {
        Optional<CommittedPosition> committed = consumer.committedPosition(partition);
        String continues =
                switch (violation) {
                    case OTHER_TOPIC -> "reads it from its start";
                    case MISSING -> "continues from " + stored.nextOffset();
                    case FOREIGN, BEFORE ->
                        "continues from " + committed.orElseThrow().nextOffset();
                };
        return partition + ": " + violation.rule() + ". Found: "
                + (violation == PositionViolation.OTHER_TOPIC ? "another topic of that name, " : "")
                + "committed "
                + committed.map(found -> Long.toString(found.nextOffset())).orElse("nothing")
                + ", stored " + stored.nextOffset() + ", " + logRange(consumer, partition) + "; run --accept-positions "
                + continues;
    }

    private static String logRange(MainConsumer consumer, TopicPartition partition) {
        try {
            LogRange log = consumer.logRange(partition);
            return "and a log that starts at " + log.start() + " and ends at " + log.end();
        } catch (KafkaException e) {
            return "and a log that no broker can describe now";
        }
    }
}
