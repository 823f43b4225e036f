package io.sessionizer.stats;

import io.sessionizer.event.UncountedReason;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Detects whether nearly all of the latest events do not count, and why (specification, section 1). The state begins
 * when at least 99 % of the last {@value #SIZE} events do not count, and ends when more than 5 % of them count again.
 * With one threshold for both, the state would change again and again while about 99 % of the events do not count.
 *
 * <p>Adding an event takes constant time and allocates nothing, except when the state begins. Not thread-safe.
 */
public final class RecentEvents {
    /** The number of events that are considered. */
    public static final int SIZE = 1000;

    private static final int BEGINS_AT = SIZE * 99 / 100;
    private static final int CONTINUES_AT = SIZE * 95 / 100;

    /** A ring buffer; null for an event that counts, and for an entry that is not used yet. */
    private final UncountedReason[] reasons = new UncountedReason[SIZE];

    private int next;
    private int uncounted;
    private Optional<UncountedReason> nearlyAll = Optional.empty();

    /** Adds an event that counts. */
    public void addCounted() {
        replaceOldest(null);
    }

    /** Adds an event that does not count. */
    public void addUncounted(UncountedReason reason) {
        replaceOldest(reason);
    }

    private void replaceOldest(UncountedReason reason) {
        uncounted += (reason == null ? 0 : 1) - (reasons[next] == null ? 0 : 1);
        reasons[next] = reason;
        next = next == SIZE - 1 ? 0 : next + 1;
        if (nearlyAll.isPresent() && uncounted < CONTINUES_AT) {
            nearlyAll = Optional.empty();
        } else if (nearlyAll.isEmpty() && uncounted >= BEGINS_AT) {
            nearlyAll = Optional.of(mostFrequent());
        }
    }

    private UncountedReason mostFrequent() {
        Map<UncountedReason, Integer> counts = new LinkedHashMap<>();
        for (UncountedReason reason : reasons) {
            if (reason != null) {
                counts.merge(reason, 1, Integer::sum);
            }
        }
        return Collections.max(counts.entrySet(), Map.Entry.comparingByValue()).getKey();
    }

    /** While nearly all events do not count, the reason that was the most frequent when the state began. */
    public Optional<UncountedReason> nearlyAllUncounted() {
        return nearlyAll;
    }
}
