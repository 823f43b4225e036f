package io.sessionizer.kafka;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Who was active when, known from arrivals alone: from one until a gap after the last that came within it. */
final class ActiveUsers {
    private static final long GAP = TestSettings.RULES.gapMs();

    private final List<Stay> stays = new ArrayList<>();
    private final Map<String, Stay> latest = new HashMap<>();

    /** The clock when the user became active, and when the user's last session is due. */
    private static final class Stay {
        private final long from;
        private long until;

        private Stay(long from) {
            this.from = from;
        }
    }

    /** An event at {@code time} comes in, and the clock shows {@code clock}. */
    void came(String user, long time, long clock) {
        Stay stay = latest.get(user);
        if (stay == null || clock > stay.until) {
            stay = new Stay(clock);
            latest.put(user, stay);
            stays.add(stay);
        }
        stay.until = Math.max(stay.until, Math.max(time, clock) + GAP);
    }

    void erased(String user, long clock) {
        Stay stay = latest.remove(user);
        if (stay != null) {
            stay.until = Math.min(stay.until, clock);
        }
    }

    /** How many were active just before the clock moved to {@code time}, and still were when it did. */
    long before(long time) {
        return stays.stream()
                .filter(stay -> stay.from < time && stay.until >= time)
                .count();
    }

    /** How many are active while the clock shows {@code clock}. */
    long at(long clock) {
        return latest.values().stream().filter(stay -> stay.until >= clock).count();
    }
}
