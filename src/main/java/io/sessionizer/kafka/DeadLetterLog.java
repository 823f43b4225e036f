package io.sessionizer.kafka;

import io.sessionizer.codec.Reason;
import java.util.EnumMap;
import java.util.Map;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the operator of dead letters: a line a reason and minute, with the count since and where the latest came from. */
final class DeadLetterLog {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterLog.class);
    private static final long EVERY_MS = 60_000;

    private final Map<Reason, Long> counts = new EnumMap<>(Reason.class);
    private final Map<Reason, Long> lastTold = new EnumMap<>(Reason.class);

    void deadLettered(Reason reason, RecordMetadata source, long wall) {
        long count = counts.merge(reason, 1L, Long::sum);
        Long told = lastTold.get(reason);
        if (told == null || wall - told >= EVERY_MS) {
            LOG.warn(
                    "Dead-lettered {} record(s) for {}, the latest from {}-{} offset {}",
                    count,
                    reason,
                    source.topic(),
                    source.partition(),
                    source.offset());
            lastTold.put(reason, wall);
            counts.remove(reason);
        }
    }
}
