package io.sessionizer.kafka.task;

import io.sessionizer.event.RejectionReason;
import java.util.EnumMap;
import java.util.Map;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the operator of dead letters: at most a line a minute for the whole process, with the count of each reason and
 * where the latest came from. No payloads. Safe for use by several threads.
 */
public final class DeadLetterLog {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterLog.class);
    private static final long INTERVAL_MS = 60_000;

    private final Map<RejectionReason, Long> counts = new EnumMap<>(RejectionReason.class);
    private RecordMetadata latest;
    private long lastLogged = Long.MIN_VALUE / 2;

    synchronized void deadLettered(RejectionReason reason, RecordMetadata source) {
        counts.merge(reason, 1L, Long::sum);
        latest = source;
    }

    /** To be called now and then; {@code wall} in epoch ms. */
    synchronized void logIfDue(long wall) {
        if (wall - lastLogged >= INTERVAL_MS && !counts.isEmpty()) {
            flush();
            lastLogged = wall;
        }
    }

    /** Tells what has not been told yet. */
    synchronized void flush() {
        if (counts.isEmpty()) {
            return;
        }
        long sum = counts.values().stream().mapToLong(Long::longValue).sum();
        LOG.warn(
                "Dead-lettered {} record(s): {}, the latest from {}-{} offset {}",
                sum,
                counts,
                latest.topic(),
                latest.partition(),
                latest.offset());
        counts.clear();
    }
}
