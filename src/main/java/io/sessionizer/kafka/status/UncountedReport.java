package io.sessionizer.kafka.status;

import io.sessionizer.event.UncountedReason;
import io.sessionizer.stats.RecentEvents;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports when nearly all events that this instance reads do not count, so that a wrong setting does not go unnoticed.
 * Logs one line when this begins, and one when it ends. Thread-safe.
 */
final class UncountedReport {
    private static final Logger LOG = LoggerFactory.getLogger(UncountedReport.class);

    private final RecentEvents recent = new RecentEvents();
    private volatile Optional<UncountedReason> nearlyAll = Optional.empty();

    synchronized void add(UncountedReason[] events, int count) {
        for (int i = 0; i < count; i++) {
            if (events[i] == null) {
                recent.addCounted();
            } else {
                recent.addUncounted(events[i]);
            }
        }
        if (nearlyAll.isPresent() != recent.nearlyAllUncounted().isPresent()) {
            nearlyAll = recent.nearlyAllUncounted();
            log();
        }
    }

    private void log() {
        nearlyAll.ifPresentOrElse(
                reason -> LOG.warn(
                        "At least 99 % of the last {} events do not count, most often because of {}. They are in no session."
                                + " If they should count, check {}",
                        RecentEvents.SIZE,
                        reason,
                        String.join(" and ", reason.part().settings())),
                () -> LOG.info("More than 5 % of the last {} events count again", RecentEvents.SIZE));
    }

    Optional<UncountedReason> nearlyAll() {
        return nearlyAll;
    }
}
