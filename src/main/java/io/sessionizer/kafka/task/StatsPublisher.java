package io.sessionizer.kafka.task;

import io.sessionizer.kafka.config.NodeNames;
import io.sessionizer.kafka.config.TopicRole;
import io.sessionizer.kafka.state.PartitionClock;
import io.sessionizer.kafka.state.QuarterHourStore;
import io.sessionizer.kafka.state.TimelineStore;
import io.sessionizer.kafka.topics.TopicLimit;
import io.sessionizer.record.OpenCountsCodec;
import io.sessionizer.record.StatsRowCodec;
import io.sessionizer.session.ClockRules;
import io.sessionizer.session.Conclusion;
import io.sessionizer.session.Published;
import io.sessionizer.session.Session;
import io.sessionizer.session.SessionRules;
import io.sessionizer.session.Timeline;
import io.sessionizer.stats.QuarterHour;
import io.sessionizer.stats.StatsRow;
import java.util.OptionalLong;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Publishes one partition's statistics to the board topic: concluded sessions by quarter-hour of their last activity,
 * each at its latest revision; users that became active and inactive by quarter-hour of the partition's clock; and the
 * current open counts. {@link QuarterHourStore} stores the quarter-hours; the empty key of the same store holds the open
 * counts.
 */
final class StatsPublisher {
    /**
     * Retention of a row by the partition's clock, in ms: 30 days, plus allowance for time zones and the current day.
     */
    static final long RETENTION_MS = 32L * 24 * 60 * 60 * 1000;

    private static final byte[] OPEN_KEY = {};
    private static final byte[] START = {};
    /** The rest is written with the next tick, the latest quarter-hours first. */
    private static final int ROWS_PER_TICK = 256;

    private final ProcessorContext<byte[], byte[]> context;
    private final TopicLimit limit;
    private final SessionRules rules;
    private final PartitionClock clock;
    private final int partition;
    private final KeyValueStore<byte[], byte[]> store;
    private final QuarterHourStore quarterHours;
    private long activeUsers;
    private long openSessions;
    private boolean areOpenCountsStored = true;
    private boolean isLiveRowPublished;
    private long quarterHour;
    /** End of {@link #quarterHour}, epoch ms. */
    private long quarterHourEndsAt;

    StatsPublisher(ProcessorContext<byte[], byte[]> context, InstanceScope scope, PartitionClock clock) {
        this.context = context;
        this.limit = scope.limits().topic(TopicRole.BOARD);
        this.rules = scope.settings().rules();
        this.clock = clock;
        this.partition = context.taskId().partition();
        this.store = context.getStateStore(NodeNames.BOARD);
        this.quarterHours = new QuarterHourStore(store);
    }

    /**
     * Restores the stored open counts; if nothing is stored yet, counts the timelines, which may be older than the
     * board.
     */
    void restore(TimelineStore timelines) {
        enterQuarterHour();
        byte[] stored = store.get(OPEN_KEY);
        if (stored != null) {
            OpenCountsCodec.Open openCounts = OpenCountsCodec.decode(stored);
            activeUsers = openCounts.activeUsers();
            openSessions = openCounts.openSessions();
            return;
        }
        timelines.scan(START, Long.MAX_VALUE, (user, timeline) -> {
            timeline.sessions().forEach(session -> count(session.published()));
            apply(Timeline.EMPTY, timeline);
        });
    }

    /** Call after the clock has advanced. Costs one comparison unless a new quarter-hour begins. */
    void clockAdvanced() {
        if (clock.timeMs() >= quarterHourEndsAt) {
            enterQuarterHour();
            quarterHours.removeBefore(
                    earliestRetained(), removed -> write(new StatsRow.ExpiredRow(partition, removed)));
        }
    }

    private void enterQuarterHour() {
        quarterHour = QuarterHour.of(clock.timeMs());
        quarterHourEndsAt = QuarterHour.start(quarterHour + 1);
    }

    private long earliestRetained() {
        return quarterHour - RETENTION_MS / QuarterHour.MS;
    }

    void count(Conclusion conclusion) {
        remove(conclusion.retracts());
        count(conclusion.publishes());
    }

    private void count(Published published) {
        if (isRetained(published)) {
            quarterHours.rowForUpdate(QuarterHour.of(published.end())).stats.count(published);
        }
    }

    private void remove(Published published) {
        if (isRetained(published)) {
            quarterHours.rowForUpdate(QuarterHour.of(published.end())).stats.remove(published);
        }
    }

    /** Rows past their retention are neither added to nor subtracted from: the clock never goes backwards. */
    private boolean isRetained(Published published) {
        return !published.isNone() && QuarterHour.of(published.end()) >= earliestRetained();
    }

    void erase(Timeline timeline) {
        for (Session session : timeline.sessions()) {
            remove(session.published());
        }
        apply(timeline, Timeline.EMPTY);
    }

    /** A user's timeline has changed. */
    void apply(Timeline before, Timeline after) {
        OptionalLong wasActive = before.activeUntil(rules);
        OptionalLong isActive = after.activeUntil(rules);
        // the event that concludes a due session may open the next one: the user was inactive in between
        boolean isPast = wasActive.isPresent() && wasActive.getAsLong() < clock.timeMs();
        if (wasActive.isPresent() && (isPast || isActive.isEmpty())) {
            becomesInactive(isPast ? wasActive.getAsLong() : clockOr(wasActive.getAsLong()));
        }
        if (isActive.isPresent() && (isPast || wasActive.isEmpty())) {
            becomesActive(clockOr(isActive.getAsLong()));
        }
        int opened = after.openSessions() - before.openSessions();
        if (opened != 0) {
            openSessions += opened;
            areOpenCountsStored = false;
            isLiveRowPublished = false;
        }
    }

    /** The clock; if there is none yet, the last arrival of the session with this deadline. */
    private long clockOr(long due) {
        return clock.timeMs() == ClockRules.NONE ? due - rules.gapMs() : clock.timeMs();
    }

    private void becomesActive(long time) {
        activeUsers++;
        quarterHours.rowForUpdate(QuarterHour.of(time)).becameActive++;
    }

    private void becomesInactive(long time) {
        activeUsers--;
        // quarter-hours past their retention affect none within it
        if (QuarterHour.of(time) >= earliestRetained()) {
            quarterHours.rowForUpdate(QuarterHour.of(time)).becameInactive++;
        }
    }

    /** Stores changes. Call before each commit. */
    void beforeCommit() {
        quarterHours.beforeCommit();
        if (!areOpenCountsStored) {
            store.put(OPEN_KEY, OpenCountsCodec.encode(new OpenCountsCodec.Open(activeUsers, openSessions)));
            areOpenCountsStored = true;
        }
    }

    /** Publishes rows that have changed, a bounded number per tick. */
    void tick() {
        for (int i = 0; i < ROWS_PER_TICK && quarterHours.hasUnpublished(); i++) {
            long next = quarterHours.pollUnpublished();
            QuarterHourStore.CachedRow row = quarterHours.row(next);
            write(new StatsRow.QuarterHourRow(partition, next, row.stats, row.becameActive, row.becameInactive));
        }
        if (!isLiveRowPublished) {
            write(new StatsRow.LiveRow(partition, activeUsers, openSessions));
            isLiveRowPublished = true;
        }
    }

    private void write(StatsRow row) {
        long wall = context.currentSystemTimeMs();
        context.forward(
                new Record<>(
                        StatsRowCodec.key(context.applicationId(), row),
                        StatsRowCodec.value(row).orElse(null),
                        limit.clampTimestamp(wall, wall)),
                NodeNames.BOARD_SINK);
    }

    long activeUsers() {
        return activeUsers;
    }

    long openSessions() {
        return openSessions;
    }
}
