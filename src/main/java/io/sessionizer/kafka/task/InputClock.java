package io.sessionizer.kafka.task;

import io.sessionizer.kafka.config.SessionizerSettings;
import io.sessionizer.kafka.config.TopicRole;
import io.sessionizer.kafka.input.InputRecord;
import io.sessionizer.kafka.input.LiveDetector;
import io.sessionizer.kafka.state.PartitionClock;
import io.sessionizer.kafka.status.InputStatus;
import io.sessionizer.session.ClockRules;
import io.sessionizer.session.LogEnd;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides how far the clock of one input partition advances: with its records, and with the wall clock while it is
 * live.
 */
final class InputClock implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(InputClock.class);

    /** How often to call {@link #follow}; a question is asked each second. */
    static final Duration CHECK = Duration.ofMillis(200);

    private final SessionizerSettings settings;
    private final Now now;
    private final TopicPartition partition;
    private final LiveDetector detector;
    private final PartitionClock clock;
    private boolean isStalled;

    /** @param clock the partition's clock, which the caller moves */
    InputClock(InstanceScope scope, InputScope input, int partition, PartitionClock clock) {
        this.settings = scope.settings();
        this.now = scope.now();
        this.partition = new TopicPartition(settings.topics().name(TopicRole.EVENTS), partition);
        this.clock = clock;
        this.detector = new LiveDetector(this.partition, input.reads(), now.nanoTime());
    }

    /** The clock's time including this record, which is being processed; epoch ms, or {@link ClockRules#NONE}. */
    long with(InputRecord record) {
        detector.processed(record.offset());
        if (record.advanceMs() <= clock.timeMs()) {
            return clock.timeMs();
        }
        detector.clockAdvanced();
        return record.advanceMs();
    }

    /** Whether a question was passed, and what the clock advances to because the partition was live. */
    Follow follow() {
        Optional<LogEnd> passed = detector.passed();
        reportStall();
        OptionalLong toMs = passed.isEmpty()
                ? OptionalLong.empty()
                : ClockRules.followed(
                        clock.timeMs(),
                        passed.get().askedAtMs(),
                        settings.rules().gapMs(),
                        detector.isQuietFor(settings.clock().idleAfterMs()));
        return new Follow(passed.isPresent(), toMs);
    }

    /**
     * The result of querying the leader.
     *
     * @param hasPassed whether a question was passed
     * @param toMs what the clock advances to, epoch ms; empty if it does not
     */
    record Follow(boolean hasPassed, OptionalLong toMs) {}

    private void reportStall() {
        boolean wasStalled = isStalled;
        isStalled = detector.isStalledFor(settings.clock().stalledAfterMs());
        if (isStalled && !wasStalled) {
            LOG.warn(
                    "{} is stalled: for {} s none of its records was processed, and it was not read to its end."
                            + " Its leader may be unavailable, or a producer may have left a transaction open",
                    partition,
                    settings.clock().stalledAfterMs() / 1000);
        } else if (wasStalled && !isStalled) {
            LOG.info("{} is no longer stalled", partition);
        }
    }

    /** A clock was far ahead of the wall clock. */
    static void logSetBack(String whose, long clockMs, long wallMs) {
        LOG.warn(
                "The clock of {} was {} s ahead of the wall clock and is set back to it: the wall clock was wrong, or the"
                        + " state is from another machine",
                whose,
                (clockMs - wallMs) / 1000);
    }

    /** The partition's status now. */
    InputStatus status() {
        return new InputStatus(partition.partition(), clock.timeMs(), isStalled);
    }

    @Override
    public void close() {
        detector.close();
    }
}
