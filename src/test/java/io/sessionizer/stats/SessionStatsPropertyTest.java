package io.sessionizer.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sessionizer.session.ClockSteps;
import io.sessionizer.session.Conclusion;
import io.sessionizer.session.EventAdded;
import io.sessionizer.session.EventOrigin;
import io.sessionizer.session.Published;
import io.sessionizer.session.Session;
import io.sessionizer.session.SessionId;
import io.sessionizer.session.SessionIdForm;
import io.sessionizer.session.SessionRules;
import io.sessionizer.session.Timeline;
import io.sessionizer.session.TimelineChange;
import io.sessionizer.session.history.BruteForceTimeline;
import io.sessionizer.session.history.History;
import io.sessionizer.session.history.HistoryStep;
import io.sessionizer.session.history.HistoryStep.StepKind;
import io.sessionizer.session.history.RandomHistories;
import io.sessionizer.session.history.RandomTrials;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Statistics that are updated conclusion by conclusion are, after every step, equal to a recount over the latest revision
 * of each session. The recount follows the brute-force reference, not the timeline.
 */
class SessionStatsPropertyTest {
    private static final byte[] USER = {'u'};
    private static final int HISTORIES = Integer.getInteger("histories", 120_000) / 2;

    @Test
    void areARecountOverTheLatestRevisions() {
        RandomTrials.forAll(
                HISTORIES, RandomHistories::remembered, history -> new CountedHistory(history, false).play());
    }

    @Test
    void areARecountOverTheLatestRevisions_whereSessionsAreForgotten() {
        RandomTrials.forAll(
                HISTORIES, RandomHistories::forgetful, history -> new CountedHistory(history, false).play());
    }

    @Test
    void countNoSessionThatWasRememberedWhenItsUserWasErased() {
        RandomTrials.forAll(
                HISTORIES, RandomHistories::remembered, history -> new CountedHistory(history, true).play());
        RandomTrials.forAll(HISTORIES, RandomHistories::forgetful, history -> new CountedHistory(history, true).play());
    }

    /** A user's sessions as they are kept, and counted again. */
    private static final class CountedHistory {
        private final History history;
        private final SessionRules rules;
        private final boolean erases;
        private final Map<Long, SessionStats> rows = new TreeMap<>();
        private Timeline timeline = Timeline.EMPTY;
        private final BruteForceTimeline slow;
        /** The latest revision of each session that is remembered, by id. */
        private final Map<SessionId, BruteForceTimeline.ExpectedRevision> latest = new HashMap<>();

        private final EventOrigin origin = new EventOrigin(SessionIdForm.UUID);
        private long offset;

        CountedHistory(History history, boolean erases) {
            this.history = history;
            this.rules = history.rules();
            this.erases = erases;
            this.slow = new BruteForceTimeline(rules);
        }

        void play() {
            for (HistoryStep step : history.steps()) {
                if (erases && (step.time() + step.clock()) % 5 == 0) {
                    erase();
                    check(step);
                }
                play(step);
                check(step);
            }
            HistoryStep end = new HistoryStep(StepKind.DUE_WORK, 0, history.allDue());
            play(end);
            check(end);
        }

        private void play(HistoryStep step) {
            origin.set(USER, 0, offset++);
            if (step.isEvent()) {
                EventAdded added = timeline.add(step.time(), ClockSteps.at(step.clock()), rules, origin);
                timeline = added.timeline();
                added.conclusions().forEach(this::keep);
                slow.event(step.time(), step.clock(), origin).forEach(this::record);
            } else {
                TimelineChange advanced = timeline.advance(ClockSteps.at(step.clock()), rules);
                timeline = advanced.after();
                advanced.conclusions().forEach(this::keep);
                slow.clock(step.clock()).forEach(this::record);
            }
        }

        private void keep(Conclusion conclusion) {
            statsOf(conclusion.retracts()).remove(conclusion.retracts());
            statsOf(conclusion.publishes()).count(conclusion.publishes());
        }

        private void erase() {
            for (Session session : timeline.sessions()) {
                statsOf(session.published()).remove(session.published());
            }
            timeline = Timeline.EMPTY;
            slow.remembered().forEach(session -> latest.remove(session.id()));
            slow.erase();
        }

        private SessionStats statsOf(Published revision) {
            return rows.computeIfAbsent(QuarterHour.of(revision.end()), quarter -> new SessionStats());
        }

        private void record(BruteForceTimeline.ExpectedRevision revision) {
            latest.put(revision.id(), revision);
        }

        private void check(HistoryStep step) {
            Map<Long, SessionStats> recounted = new TreeMap<>();
            latest.values().forEach(revision -> recount(revision, recounted));
            Map<Long, SessionStats> found = new TreeMap<>(rows);
            found.values().removeIf(SessionStats::isEmpty);
            assertEquals(recounted, found, () -> "by quarter-hour, after " + step);
        }

        private static void recount(BruteForceTimeline.ExpectedRevision revision, Map<Long, SessionStats> recounted) {
            if (revision.events() > 0) {
                SessionStats figures =
                        recounted.computeIfAbsent(revision.end() / (15 * 60_000), quarter -> new SessionStats());
                figures.addToBucket(LengthBuckets.bucketOf((revision.end() - revision.start()) / 1000), 1);
                figures.addSums((revision.end() - revision.start()) / 1000, revision.events());
            }
        }
    }
}
