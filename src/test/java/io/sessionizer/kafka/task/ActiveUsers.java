package io.sessionizer.kafka.task;

import io.sessionizer.kafka.TestSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Who was active when, known from arrivals alone: from one until a gap after the last that came within it. */
final class ActiveUsers {
    private static final long GAP = TestSettings.RULES.gapMs();

    private final List<ActivePeriod> stays = new ArrayList<>();
    private final Map<String, ActivePeriod> latest = new HashMap<>();

    /** The clock when the user became active, and when the user's last session is due. */
    private static final class ActivePeriod {
        private final long from;
        private long until;

        private ActivePeriod(long from) {
            this.from = from;
        }
    }

    /** An event at {@code time} comes in, and the clock shows {@code clock}. */
    void came(String user, long time, long clock) {
        ActivePeriod stay = latest.get(user);
        if (stay == null || clock > stay.until) {
            stay = new ActivePeriod(clock);
            latest.put(user, stay);
            stays.add(stay);
        }
        stay.until = Math.max(stay.until, Math.max(time, clock) + GAP);
    }

    void erased(String user, long clock) {
        ActivePeriod stay = latest.remove(user);
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
