package io.sessionizer.stats;

import io.sessionizer.event.UncountedReason;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Whether nearly all of the latest events do not count, and why (specification, section 1): so from the moment when at least 99 %
 * of the last {@value #SIZE} do not count, until more than 5 % of them count again. With the same share at both ends, events of
 * which about 99 % do not count would begin and end it again and again.
 *
 * <p>Adding an event takes constant time and allocates nothing, except when it begins. Not thread-safe.
 */
public final class RecentEvents {
    /** How many events. */
    public static final int SIZE = 1000;

    private static final int BEGINS_AT = SIZE * 99 / 100;
    private static final int CONTINUES_AT = SIZE * 95 / 100;

    /** A ring; null for an event that counts, and where there was none yet. */
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

    /** While nearly all events do not count, the reason that was the most frequent one when that began. */
    public Optional<UncountedReason> nearlyAllUncounted() {
        return nearlyAll;
    }
}
