package io.sessionizer.stats;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Who was active when, known from arrivals alone: from one until a gap after the last that came within it. */
public final class ActiveUsers {
    private final long gapMs;
    private final List<ActivePeriod> periods = new ArrayList<>();
    private final Map<String, ActivePeriod> latest = new HashMap<>();

    public ActiveUsers(long gapMs) {
        this.gapMs = gapMs;
    }

    /** The clock when the user became active, and when the user's last session is due. */
    private static final class ActivePeriod {
        private final long from;
        private long until;

        private ActivePeriod(long from) {
            this.from = from;
        }
    }

    /** An event at {@code time} comes in, and the clock shows {@code clock}. */
    public void onEvent(String user, long time, long clock) {
        ActivePeriod period = latest.get(user);
        if (period == null || clock > period.until) {
            period = new ActivePeriod(clock);
            latest.put(user, period);
            periods.add(period);
        }
        period.until = Math.max(period.until, Math.max(time, clock) + gapMs);
    }

    public void erase(String user, long clock) {
        ActivePeriod period = latest.remove(user);
        if (period != null) {
            period.until = Math.min(period.until, clock);
        }
    }

    /** How many were active just before the clock moved to {@code time}, and still were when it did. */
    public long before(long time) {
        return periods.stream()
                .filter(period -> period.from < time && period.until >= time)
                .count();
    }

    /** How many are active while the clock shows {@code clock}. */
    public long at(long clock) {
        return latest.values().stream().filter(period -> period.until >= clock).count();
    }
}
