package io.sessionizer.app.metrics;

import io.prometheus.metrics.model.snapshots.Labels;
import io.sessionizer.event.RejectionReason;
import io.sessionizer.event.UncountedReason;
import io.sessionizer.kafka.status.Counters;
import io.sessionizer.kafka.status.Counters.Count;
import io.sessionizer.kafka.status.PartitionStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The service's own metrics, named and measured as Prometheus recommends: base units, and all label values present from
 * startup, so that the first dead letter is visible as an increase from 0.
 */
public final class ServiceMetrics {
    private ServiceMetrics() {}

    /**
     * The state of the service.
     *
     * @param isTracking whether session tracking is active
     * @param isReady whether all is restored and running
     * @param audited numbers of changes and rejected requests over HTTP, by result
     */
    public record InstanceHealth(boolean isTracking, boolean isReady, String version, Map<String, Long> audited) {}

    /** @param wall the wall clock, epoch ms */
    static List<MetricFamily> families(Counters counters, InstanceHealth health, long wall) {
        return Stream.of(
                        totals(counters),
                        partitions(counters.partitions(), wall),
                        InputMetrics.families(counters, wall),
                        commits(counters),
                        List.of(nearlyAllUncounted(counters)),
                        audited(health.audited()),
                        states(health))
                .flatMap(List::stream)
                .toList();
    }

    private static List<MetricFamily> totals(Counters counters) {
        return List.of(
                MetricFamily.counter(
                                "sessionizer_events",
                                "Events understood: counted, excluded by name, or untracked by source or type")
                        .with(Labels.of("result", "counted"), counters.value(Count.EVENTS_COUNTED))
                        .with(Labels.of("result", "excluded"), counters.value(Count.EVENTS_EXCLUDED))
                        .with(Labels.of("result", "untracked"), counters.value(Count.EVENTS_UNTRACKED)),
                // not a value of the label result: two counters are not read atomically, so a difference could decrease
                total(
                        "sessionizer_unstamped_events",
                        "Counted events that passed while session tracking was off",
                        Count.EVENTS_UNSTAMPED,
                        counters),
                total(
                        "sessionizer_late_events",
                        "Counted events more than the inactivity gap behind their partition's clock",
                        Count.EVENTS_LATE,
                        counters),
                deadLetters(counters),
                total("sessionizer_sessions_opened", "Sessions that an event opened", Count.SESSIONS_OPENED, counters),
                total(
                        "sessionizer_sessions_opened_at_limit",
                        "Sessions whose opening brought the user to session.max.per.user, so that the earliest is forgotten next",
                        Count.SESSIONS_OPENED_AT_LIMIT,
                        counters),
                MetricFamily.counter(
                                "sessionizer_sessions_concluded",
                                "Conclusions of sessions, counting each revision, by what advanced the clock: events, or the wall clock")
                        .with(Labels.of("clock", "event"), counters.value(Count.SESSIONS_CONCLUDED_BY_EVENT_TIME))
                        .with(Labels.of("clock", "wall"), counters.value(Count.SESSIONS_CONCLUDED_BY_WALL_CLOCK)),
                total(
                        "sessionizer_sessions_amended",
                        "Concluded sessions that a late event joined",
                        Count.SESSIONS_AMENDED,
                        counters),
                total(
                        "sessionizer_sessions_merged",
                        "Sessions that a late event merged into another",
                        Count.SESSIONS_MERGED,
                        counters),
                total("sessionizer_users_erased", "Erasures of users, known or not", Count.USERS_ERASED, counters),
                total(
                        "sessionizer_records_deleted_unread",
                        "Records of the input, by offset, that the broker deleted before they were read",
                        Count.RECORDS_DELETED_UNREAD,
                        counters));
    }

    private static MetricFamily total(String name, String help, Count count, Counters counters) {
        return MetricFamily.counter(name, help).with(counters.value(count));
    }

    private static MetricFamily deadLetters(Counters counters) {
        MetricFamily family =
                MetricFamily.counter("sessionizer_dead_letters", "Records that could not be understood, by reason");
        for (RejectionReason reason : RejectionReason.values()) {
            family.with(Labels.of("reason", reason.name()), counters.deadLettered(reason));
        }
        return family;
    }

    /** There is never more than one series: the reason does not change until the report ends. */
    private static MetricFamily nearlyAllUncounted(Counters counters) {
        MetricFamily family = MetricFamily.gauge(
                "sessionizer_nearly_all_events_uncounted",
                "1 while at least 99 % of the last 1,000 events do not count, with the most frequent reason; otherwise 0");
        Optional<UncountedReason> reason = counters.nearlyAllUncounted();
        return family.with(
                Labels.of(
                        "part",
                        reason.map(each -> each.part().toString()).orElse(""),
                        "value",
                        reason.map(UncountedReason::value).orElse("")),
                reason.isPresent() ? 1 : 0);
    }

    private static List<MetricFamily> partitions(List<PartitionStatus> partitions, long wall) {
        return List.of(
                each(
                        partitions,
                        "sessionizer_open_sessions",
                        "Sessions that have not concluded, or are open again, by partition of the input",
                        partition -> partition.open().map(open -> (double) open.openSessions())),
                each(
                        partitions,
                        "sessionizer_active_users",
                        "Users with an open session, by partition of the input",
                        partition -> partition.open().map(open -> (double) open.activeUsers())),
                each(
                        partitions,
                        "sessionizer_oldest_overdue_conclusion_seconds",
                        "How long the oldest due deadline has been waiting, by the partition's clock; 0 if none is due",
                        partition -> Optional.of(overdueSeconds(partition))),
                each(
                        partitions,
                        "sessionizer_clock_behind_wall_seconds",
                        "How far the partition's clock is behind the wall clock; absent before its first event",
                        partition -> behindSeconds(partition, wall)));
    }

    private static List<MetricFamily> commits(Counters counters) {
        MetricFamily family = MetricFamily.gauge(
                "sessionizer_partition_uncommitted_seconds",
                "How long the oldest uncommitted work of the partition has been waiting; 0 if there is none");
        counters.uncommittedNanos().forEach((partition, nanos) -> family.with(label(partition), nanos / 1e9));
        return List.of(family);
    }

    private static Labels label(int partition) {
        return Labels.of("partition", Integer.toString(partition));
    }

    private static MetricFamily each(
            List<PartitionStatus> partitions,
            String name,
            String help,
            Function<PartitionStatus, Optional<Double>> value) {
        MetricFamily family = MetricFamily.gauge(name, help);
        for (PartitionStatus partition : partitions) {
            Labels labels = label(partition.partition());
            value.apply(partition).ifPresent(number -> family.with(labels, number));
        }
        return family;
    }

    private static double overdueSeconds(PartitionStatus partition) {
        return partition.oldestOverdue().isPresent()
                ? seconds(partition.clock() - partition.oldestOverdue().getAsLong())
                : 0;
    }

    /** The clock is from the last tick, and may be ahead of a wall clock that was set back since. */
    private static Optional<Double> behindSeconds(PartitionStatus partition, long wall) {
        return partition.clock() < 0 ? Optional.empty() : Optional.of(seconds(Math.max(0, wall - partition.clock())));
    }

    private static double seconds(long ms) {
        return ms / 1000.0;
    }

    private static List<MetricFamily> audited(Map<String, Long> byResult) {
        MetricFamily family = MetricFamily.counter(
                "sessionizer_http_audited_requests",
                "Requests for a change, and requests rejected for lack of credentials or rights, by result");
        byResult.forEach((result, count) -> family.with(Labels.of("result", result), count));
        return List.of(family);
    }

    private static List<MetricFamily> states(InstanceHealth health) {
        return List.of(
                MetricFamily.gauge("sessionizer_tracking_active", "1 while session tracking is active, otherwise 0")
                        .with(health.isTracking() ? 1 : 0),
                MetricFamily.gauge(
                                "sessionizer_ready",
                                "1 while this instance runs with all its state restored, otherwise 0")
                        .with(health.isReady() ? 1 : 0),
                MetricFamily.gauge("sessionizer_build_info", "The version, as a label; the value is always 1")
                        .with(Labels.of("version", health.version()), 1));
    }
}
