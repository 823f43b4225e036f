package io.sessionizer.app;

import io.prometheus.metrics.model.snapshots.Labels;
import io.sessionizer.codec.Reason;
import java.util.List;

/**
 * The service's own metrics, named and measured as Prometheus recommends: base units, and every value of a label there from
 * the start, so that a first dead letter is seen as a rise from 0.
 */
final class ServiceMetrics {
    private ServiceMetrics() {}

    static List<Family> families(Readings readings) {
        return List.of(
                events(readings.events()),
                Family.counter("sessionizer_late_events", "Events that count and came behind their partition's clock")
                        .with(readings.events().late()),
                deadLetters(readings),
                Family.counter("sessionizer_sessions_opened", "Sessions that an event opened")
                        .with(readings.sessions().opened()),
                concluded(readings.sessions()),
                Family.counter("sessionizer_sessions_amended", "Concluded sessions that a late event joined")
                        .with(readings.sessions().amended()),
                Family.counter("sessionizer_sessions_merged", "Sessions that a late event joined to another")
                        .with(readings.sessions().merged()),
                Family.counter("sessionizer_users_erased", "Users whose sessions were forgotten on request")
                        .with(readings.usersErased()),
                openSessions(readings),
                activeUsers(readings),
                overdue(readings),
                behindWall(readings),
                Family.gauge("sessionizer_tracking_active", "1 while session tracking is active, otherwise 0")
                        .with(oneIf(readings.health().isTracking())),
                Family.gauge("sessionizer_ready", "1 while this instance runs with all its state restored, otherwise 0")
                        .with(oneIf(readings.health().isReady())),
                Family.gauge("sessionizer_build_info", "The version, as a label; the value is always 1")
                        .with(Labels.of("version", readings.health().version()), 1));
    }

    private static Family events(Readings.Events events) {
        return Family.counter(
                        "sessionizer_events",
                        "Events that were understood: counted, excluded by name, untracked by source or type,"
                                + " or unstamped while session tracking is not active")
                .with(Labels.of("result", "counted"), events.counted())
                .with(Labels.of("result", "excluded"), events.excluded())
                .with(Labels.of("result", "untracked"), events.untracked())
                .with(Labels.of("result", "unstamped"), events.unstamped());
    }

    private static Family deadLetters(Readings readings) {
        Family family = Family.counter("sessionizer_dead_letters", "Records that could not be understood, by reason");
        for (Reason reason : Reason.values()) {
            family.with(
                    Labels.of("reason", reason.name()), readings.deadLetters().getOrDefault(reason, 0L));
        }
        return family;
    }

    private static Family concluded(Readings.Sessions sessions) {
        return Family.counter(
                        "sessionizer_sessions_concluded",
                        "Sessions concluded, each revision, by what moved the clock: events, or the wall clock when idle")
                .with(Labels.of("clock", "event"), sessions.concludedByEvent())
                .with(Labels.of("clock", "wall"), sessions.concludedByWall());
    }

    private static Family openSessions(Readings readings) {
        Family family = Family.gauge("sessionizer_open_sessions", "Sessions that are open, by partition of the input");
        readings.partitions().forEach((number, partition) -> family.with(of(number), partition.openSessions()));
        return family;
    }

    private static Family activeUsers(Readings readings) {
        Family family =
                Family.gauge("sessionizer_active_users", "Users with an open session, by partition of the input");
        readings.partitions().forEach((number, partition) -> family.with(of(number), partition.activeUsers()));
        return family;
    }

    private static Family overdue(Readings readings) {
        Family family = Family.gauge(
                "sessionizer_oldest_overdue_conclusion_seconds",
                "How long the session that waits longest to conclude has been due, by the partition's clock");
        readings.partitions().forEach((number, partition) -> family.with(of(number), partition.overdueSeconds()));
        return family;
    }

    private static Family behindWall(Readings readings) {
        Family family = Family.gauge(
                "sessionizer_clock_behind_wall_seconds", "How far the partition's clock is behind the wall clock");
        readings.partitions()
                .forEach((number, partition) ->
                        partition.behindWallSeconds().ifPresent(seconds -> family.with(of(number), seconds)));
        return family;
    }

    private static Labels of(int partition) {
        return Labels.of("partition", Integer.toString(partition));
    }

    private static double oneIf(boolean isSo) {
        return isSo ? 1 : 0;
    }
}
