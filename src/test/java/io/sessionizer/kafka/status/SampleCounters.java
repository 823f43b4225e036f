package io.sessionizer.kafka.status;

import io.sessionizer.event.Rejection;
import io.sessionizer.event.RejectionReason;
import io.sessionizer.event.UncountedReason;
import io.sessionizer.event.UncountedReason.EventPart;
import io.sessionizer.kafka.input.InputRecord;
import io.sessionizer.stats.OpenCounts;
import io.sessionizer.stats.RecentEvents;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Counters for tests of their display: different counts, one dead letter, two partitions, and nearly all events
 * uncounted.
 */
public final class SampleCounters {
    private SampleCounters() {}

    /**
     * Each count is 11 plus its place in the enum; one record was too large; partition 3 is at {@code clock} with
     * a deadline overdue by 25.5 s, 23 open sessions and 22 users; partition 4 has seen nothing. The last events do not count,
     * because of their type.
     */
    public static Counters at(long clock) {
        Counters counters = new Counters();
        Arrays.stream(Counters.Count.values()).forEach(count -> {
            for (int i = 0; i < 11 + count.ordinal(); i++) {
                counters.count(count);
            }
        });
        counters.countInput(InputRecord.rejected(new byte[0], new Rejection(RejectionReason.TOO_LARGE, "A test")));
        counters.update(
                new PartitionStatus(3, Optional.of(new OpenCounts(22, 23)), clock, OptionalLong.of(clock - 25_500)));
        counters.update(new PartitionStatus(4, Optional.of(OpenCounts.NONE), -1, OptionalLong.empty()));
        UncountedReason[] uncounted = new UncountedReason[RecentEvents.SIZE];
        Arrays.fill(uncounted, new UncountedReason(EventPart.TYPE, "identify"));
        counters.addRecent(uncounted, uncounted.length);
        return counters;
    }
}
