package io.sessionizer.kafka.task;

import io.sessionizer.kafka.status.SourceStatus;
import io.sessionizer.session.ClockRules;
import io.sessionizer.session.QuietTime;
import io.sessionizer.session.SourceClocks;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The clocks of the sources as known in one partition of the repartition topic; reports which one holds it back. */
final class SlowestSource implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SlowestSource.class);

    private final InstanceScope scope;
    private final int partition;
    private final SourceClocks sources;
    private QuietTime liveTime;
    private List<Integer> leftOut = List.of();
    private Optional<Integer> holdingBack = Optional.empty();

    /** @param clock the partition's clock, epoch ms, or {@link ClockRules#NONE} */
    SlowestSource(InstanceScope scope, int partition, long clock) {
        this.scope = scope;
        this.partition = partition;
        this.sources = new SourceClocks(
                scope.topics().partitions(), clock, scope.settings().clock().stalledAfterMs());
        this.liveTime = QuietTime.startingAt(scope.now().nanoTime().getAsLong());
    }

    /** A record of this source, with this clock, was read; returns what the partition's clock advances to. */
    long reported(int source, long clock) {
        sources.reported(source, clock);
        return clockMs();
    }

    /** Everything in the partition's log at this moment has been processed; returns what its clock advances to. */
    long live(long nanos) {
        QuietTime now = liveTime.answered(nanos);
        sources.live(now.ms() - liveTime.ms());
        liveTime = now;
        return clockMs();
    }

    private long clockMs() {
        return sources.smallest(scope.now().wallMs());
    }

    /** The wall clock was ahead. */
    void limitTo(long wallMs) {
        sources.limitTo(wallMs);
    }

    /** Logs and counts which sources are left out, and which one holds back the others by more than the gap. */
    void report() {
        List<Integer> now = sources.leftOut();
        now.stream().filter(source -> !leftOut.contains(source)).forEach(this::logStalled);
        leftOut.stream().filter(source -> !now.contains(source)).forEach(this::logCaughtUp);
        leftOut = now;
        Optional<SourceClocks.HeldBack> heldBack = sources.heldBack()
                .filter(each -> each.ms() > scope.settings().rules().gapMs());
        heldBack.filter(each -> !holdingBack.equals(Optional.of(each.source()))).ifPresent(this::logHeldBack);
        holdingBack = heldBack.map(SourceClocks.HeldBack::source);
        scope.counters()
                .update(new SourceStatus(
                        partition,
                        leftOut,
                        heldBack.isPresent() ? OptionalInt.of(heldBack.get().source()) : OptionalInt.empty(),
                        heldBack.map(SourceClocks.HeldBack::ms).orElse(0L)));
    }

    private void logStalled(int source) {
        LOG.warn(
                "Input partition {} is stalled: it has reported nothing for {} s. Partition {} of the repartition topic"
                        + " continues without it, so sessions of its users may conclude early",
                source,
                scope.settings().clock().stalledAfterMs() / 1000,
                partition);
    }

    private void logCaughtUp(int source) {
        LOG.info("Input partition {} has caught up; its clock counts again in partition {}", source, partition);
    }

    private void logHeldBack(SourceClocks.HeldBack heldBack) {
        LOG.warn(
                "Input partition {} holds back the clock of partition {} of the repartition topic: it is {} s behind"
                        + " the fastest input partition, and sessions of all users conclude by its time",
                heldBack.source(),
                partition,
                heldBack.ms() / 1000);
    }

    @Override
    public void close() {
        scope.counters().removeSources(partition);
    }
}
