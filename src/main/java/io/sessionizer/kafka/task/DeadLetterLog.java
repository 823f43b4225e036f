package io.sessionizer.kafka.task;

import io.sessionizer.event.RejectionReason;
import java.util.EnumMap;
import java.util.Map;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs dead letters for the operator: at most one line per minute and process, with the count per reason and the source
 * of the latest one. Never logs payloads. Thread-safe.
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

    /** Logs what has not been logged yet, unless it did so within the last minute; {@code wall} in epoch ms. */
    synchronized void logIfDue(long wall) {
        if (wall - lastLogged >= INTERVAL_MS && !counts.isEmpty()) {
            flush();
            lastLogged = wall;
        }
    }

    /** Logs what has not been logged yet. */
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
