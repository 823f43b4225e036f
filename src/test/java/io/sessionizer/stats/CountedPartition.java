package io.sessionizer.stats;

import io.sessionizer.session.ClockRules;
import io.sessionizer.session.ClockSteps;
import io.sessionizer.session.Conclusion;
import io.sessionizer.session.EventAdded;
import io.sessionizer.session.Published;
import io.sessionizer.session.SampleIds;
import io.sessionizer.session.SessionRules;
import io.sessionizer.session.Timeline;
import io.sessionizer.session.TimelineChange;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Users' timelines in memory whose changes are counted, and each session's latest revision to count again. */
final class CountedPartition {
    private final SessionRules rules;
    private final Map<Long, QuarterHourStats> rows = new TreeMap<>();
    private final Map<String, Timeline> timelines = new TreeMap<>();
    /** By user, then by session. */
    private final Map<String, Map<Long, Published>> latest = new HashMap<>();

    private final PartitionCounter counter;
    private long clock = ClockRules.NONE;

    CountedPartition(SessionRules rules) {
        this.rules = rules;
        this.counter = new PartitionCounter(rules, this::rowForUpdate, OpenCounts.NONE);
    }

    private QuarterHourStats rowForUpdate(long quarterHour) {
        return rows.computeIfAbsent(quarterHour, number -> new QuarterHourStats());
    }

    /** The same timelines, as where a version without statistics wrote them. */
    CountedPartition withoutStats() {
        CountedPartition restarted = new CountedPartition(rules);
        restarted.clock = clock;
        restarted.timelines.putAll(timelines);
        timelines.values().forEach(timeline -> restarted.counter.addExisting(timeline, clock));
        return restarted;
    }

    /** An event that moves the clock to its time, if that is later. */
    void event(String user, long time) {
        clock = Math.max(clock, time);
        eventWithoutClock(user, time);
    }

    void eventWithoutClock(String user, long time) {
        Timeline before = timelines.getOrDefault(user, Timeline.EMPTY);
        EventAdded added = before.add(time, ClockSteps.at(clock), rules, SampleIds::of);
        timelines.put(user, added.timeline());
        if (added.changesSessions()) {
            apply(user, added.change());
        }
    }

    /** Moves the clock, and concludes all that is due. */
    void clock(long to) {
        moveClock(to);
        List.copyOf(timelines.keySet()).forEach(this::concludeDue);
    }

    /** What is due concludes later. */
    void moveClock(long to) {
        clock = to;
    }

    void concludeDue(String user) {
        TimelineChange change = timelines.getOrDefault(user, Timeline.EMPTY).advance(ClockSteps.at(clock), rules);
        timelines.put(user, change.after());
        apply(user, change);
    }

    private void apply(String user, TimelineChange change) {
        counter.apply(change, clock);
        for (Conclusion conclusion : change.conclusions()) {
            latest.computeIfAbsent(user, none -> new HashMap<>())
                    .put(conclusion.session().openedAt(), conclusion.publishes());
        }
    }

    void erase(String user) {
        Timeline timeline = timelines.remove(user);
        if (timeline != null) {
            counter.erase(timeline, clock);
        }
        latest.remove(user);
    }

    long clock() {
        return clock;
    }

    OpenCounts open() {
        return counter.open();
    }

    Map<Long, QuarterHourStats> rows() {
        return rows;
    }

    /** Of the quarter-hour that begins then. */
    SessionStats sessions(long start) {
        return row(start).sessions();
    }

    /** Of the quarter-hour that begins then: the users who became active, and those that became inactive. */
    List<Long> activity(long start) {
        return List.of(row(start).becameActive(), row(start).becameInactive());
    }

    private QuarterHourStats row(long start) {
        return rows.getOrDefault(QuarterHour.of(start), new QuarterHourStats());
    }

    /** The users that were active when the quarter-hour began, as the rows have it. */
    long activeBefore(long start) {
        long since = rows.entrySet().stream()
                .filter(row -> QuarterHour.start(row.getKey()) >= start)
                .mapToLong(row -> row.getValue().growth())
                .sum();
        return counter.open().activeUsers() - since;
    }

    /** What is open, counted over the timelines. */
    OpenCounts recountOpen() {
        long users = timelines.values().stream()
                .filter(timeline -> timeline.openSessions() > 0)
                .count();
        return new OpenCounts(
                users,
                timelines.values().stream().mapToLong(Timeline::openSessions).sum());
    }

    /** Sessions by quarter-hour, counted over the latest revisions. */
    Map<Long, SessionStats> recountSessions() {
        Map<Long, SessionStats> counted = new TreeMap<>();
        latest.values()
                .forEach(sessions -> sessions.values().stream()
                        .filter(published -> !published.isNone())
                        .forEach(published -> counted.computeIfAbsent(
                                        QuarterHour.of(published.end()), none -> new SessionStats())
                                .count(published)));
        return counted;
    }

    /** Sessions by quarter-hour, as they were counted. */
    Map<Long, SessionStats> countedSessions() {
        Map<Long, SessionStats> counted = new TreeMap<>();
        rows.forEach((quarterHour, row) -> counted.put(quarterHour, row.sessions()));
        counted.values().removeIf(SessionStats::isEmpty);
        return counted;
    }
}
