package io.sessionizer.kafka.client;

import java.util.function.LongConsumer;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports positions that no longer exist in the log of the input. The repartition topic is left out: Kafka Streams
 * itself deletes the records that it has read there.
 */
public final class InputGaps {
    private static final Logger LOG = LoggerFactory.getLogger(InputGaps.class);

    private final String inputTopic;
    private final LongConsumer deletedUnread;
    private final Runnable requireSameTopic;

    /**
     * @param deletedUnread counts offsets that the broker deleted before they were read
     * @param requireSameTopic throws if another topic has the input's name by now; may query the broker
     */
    public InputGaps(String inputTopic, LongConsumer deletedUnread, Runnable requireSameTopic) {
        this.inputTopic = inputTopic;
        this.deletedUnread = deletedUnread;
        this.requireSameTopic = requireSameTopic;
    }

    boolean concerns(TopicPartition partition) {
        return partition.topic().equals(inputTopic);
    }

    void requireSameTopic() {
        requireSameTopic.run();
    }

    /** The log starts after the position. */
    void reportDeleted(TopicPartition partition, long position, long logStart) {
        if (concerns(partition)) {
            deletedUnread.accept(logStart - position);
            LOG.error(
                    "{}: the broker deleted offsets {} to {} before they were read; resuming after them. Raise retention.ms"
                            + " or retention.bytes of the topic if the service may lag that far",
                    partition,
                    position,
                    logStart - 1);
        }
    }

    /** The log ends before the position, or has other records there. */
    void reportCut(TopicPartition partition, long position, long cutAt) {
        LOG.warn(
                "{}: the log was truncated at offset {}, after it had been read up to {}, as in an unclean leader election;"
                        + " resuming at the truncation point",
                partition,
                cutAt,
                position);
    }
}
