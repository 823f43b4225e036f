package io.sessionizer.kafka.state;

import io.sessionizer.kafka.config.NodeNames;
import java.util.List;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;

/** What is remembered of one partition: the stores of its task, as they are used. */
public record PartitionState(
        TimelineStore timelines, DeadlineQueue deadlines, PartitionClock clock, QuarterHourStore quarterHours) {

    /** @param streamTimeIsClock whether the task's stream time is the partition's clock */
    public static PartitionState open(
            ProcessorContext<byte[], byte[]> context, CacheBudget budget, boolean streamTimeIsClock) {
        KeyValueStore<byte[], byte[]> store = context.getStateStore(NodeNames.TIMELINES);
        return new PartitionState(
                new TimelineStore(store, budget),
                new DeadlineQueue(context.getStateStore(NodeNames.DEADLINES)),
                new PartitionClock(context, store, streamTimeIsClock),
                new QuarterHourStore(context.getStateStore(NodeNames.BOARD)));
    }

    /** What is cached in memory, in the order in which it is stored. */
    public List<CommitParticipant> participants() {
        return List.of(timelines, quarterHours, clock);
    }
}
