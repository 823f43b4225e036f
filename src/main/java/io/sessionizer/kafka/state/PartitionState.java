package io.sessionizer.kafka.state;

import io.sessionizer.kafka.config.NodeNames;
import io.sessionizer.session.ClockRules;
import io.sessionizer.session.SessionRules;
import java.util.List;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;

/** The state of one partition: the stores of its task, and their caches. */
public record PartitionState(
        TimelineStore timelines,
        DeadlineQueue deadlines,
        PartitionCheckpoint checkpoint,
        QuarterHourStore quarterHours) {

    /** @param streamTimeIsClock whether stream time was the clock before checkpoints were stored: not after a repartition topic,
     *     where it is that of the fastest source */
    public static PartitionState open(
            ProcessorContext<byte[], byte[]> context,
            CacheBudget budget,
            SessionRules rules,
            boolean streamTimeIsClock) {
        KeyValueStore<byte[], byte[]> store = context.getStateStore(NodeNames.TIMELINES);
        PartitionCheckpoint checkpoint =
                new PartitionCheckpoint(store, streamTimeIsClock ? context.currentStreamTimeMs() : ClockRules.NONE);
        QuarterHourStore quarterHours = new QuarterHourStore(context.getStateStore(NodeNames.BOARD));
        return new PartitionState(
                new TimelineStore(store, budget, rules, List.of(quarterHours, checkpoint)),
                new DeadlineQueue(context.getStateStore(NodeNames.DEADLINES), budget),
                checkpoint,
                quarterHours);
    }

    /** The partition's clock. */
    public PartitionClock clock() {
        return checkpoint.clock();
    }

    /** Whether something cached in memory has changed and is not stored. */
    public boolean hasUnsaved() {
        return timelines.hasUnsaved() || quarterHours.hasUnsaved() || checkpoint.hasUnsaved();
    }

    /** What is cached in memory. */
    public List<CommitParticipant> participants() {
        // they store the others with them
        return List.of(timelines);
    }
}
