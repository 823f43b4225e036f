package io.sessionizer.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.session.history.BruteForceTimeline.ExpectedRevision;
import io.sessionizer.session.history.History;
import io.sessionizer.session.history.HistoryReplay;
import io.sessionizer.session.history.HistoryStep;
import io.sessionizer.session.history.RandomHistories;
import io.sessionizer.session.history.RandomTrials;
import io.sessionizer.session.history.SessionsByDefinition;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Random histories against the definition of a session and against a brute-force reference of the specification;
 * {@code -Dhistories=} sets how many are played.
 */
class TimelinePropertyTest {
    private static final int HISTORIES = Integer.getInteger("histories", 120_000);

    @Test
    void whateverTheOrderOfArrival_theSessionsAreThoseOfTheSortedEvents() {
        RandomTrials.forAll(HISTORIES, RandomHistories::remembered, history -> {
            HistoryReplay replay = HistoryReplay.of(history);
            checkPartition(history, replay);
            checkLastRevisionsAreTheTruth(history, replay);
            checkMergedIds(replay);
        });
    }

    @Test
    void whereSessionsAreForgotten_eachEventStillCountsOnce() {
        RandomTrials.forAll(HISTORIES / 2, RandomHistories::forgetful, history -> {
            HistoryReplay replay = HistoryReplay.of(history);
            checkEachEventCountsOnce(history, replay);
            checkForgotten(history, replay);
        });
    }

    @Test
    void whateverHappens_theSessionsAreThoseOfTheRules_andNoIdComesBack() {
        RandomTrials.forAll(HISTORIES, RandomHistories::eventful, HistoryReplay::of);
    }

    /** Due work is done in batches: what is remembered, and until when, must not depend on how soon they come. */
    @Test
    void howeverLateABatchConcludes_theSessionsAndRevisionsAreTheSame() {
        RandomTrials.forAll(HISTORIES / 4, RandomHistories::eventful, history -> {
            HistoryReplay atOnce = HistoryReplay.of(history.withBacklog(false));
            HistoryReplay late = HistoryReplay.of(history.withBacklog(true));
            assertEquals(atOnce.revisions(), late.revisions());
            assertEquals(atOnce.timeline().sessions(), late.timeline().sessions());
        });
    }

    /** Specification, section 2, Replay: the clock may be another one, as when a live partition is read again later. */
    @Test
    void aReplayGivesTheSameSessionsAndIds_unlessAnEventCameAfterItsSessionWasForgotten() {
        int[] compared = new int[2];
        RandomTrials.forAll(HISTORIES / 4, RandomHistories::forgetful, history -> {
            HistoryReplay first = HistoryReplay.of(history);
            HistoryReplay second = HistoryReplay.of(RandomHistories.readAgain(history));
            if (first.hasMissedASession() || second.hasMissedASession()) {
                compared[1] += first.sessions().equals(second.sessions()) ? 0 : 1;
            } else {
                assertEquals(first.sessions(), second.sessions());
                compared[0]++;
            }
        });
        assertTrue(compared[0] > HISTORIES / 16, "replays without an exception. Found: " + compared[0]);
        assertTrue(compared[1] > HISTORIES / 100, "replays that need the exception. Found: " + compared[1]);
    }

    @Test
    void aReplayGivesTheSameSessionsAndIds_whereNothingIsForgotten() {
        RandomTrials.forAll(
                HISTORIES / 10,
                RandomHistories::remembered,
                history -> assertEquals(
                        HistoryReplay.of(history).sessions(),
                        HistoryReplay.of(RandomHistories.readAgain(history)).sessions()));
    }

    private static void checkPartition(History history, HistoryReplay replay) {
        List<Long> times = history.steps().stream()
                .filter(HistoryStep::isEvent)
                .map(HistoryStep::time)
                .toList();
        List<List<Long>> expectedSessions = SessionsByDefinition.of(
                        times, history.rules().gapMs())
                .stream()
                .map(session -> List.of(session.get(0), session.get(session.size() - 1), (long) session.size()))
                .toList();
        List<List<Long>> found = replay.timeline().sessions().stream()
                .map(session -> List.of(session.start(), session.end(), session.events()))
                .toList();
        assertEquals(expectedSessions, found, "the sorted events' sessions, as start, end, events");
    }

    private static void checkLastRevisionsAreTheTruth(History history, HistoryReplay replay) {
        Map<SessionId, ExpectedRevision> last = new HashMap<>();
        for (ExpectedRevision revision : replay.revisions()) {
            ExpectedRevision before = last.put(revision.id(), revision);
            assertEquals(
                    before == null ? 1 : before.revision() + 1,
                    revision.revision(),
                    "revisions rise by one: " + revision);
        }
        for (Session session : replay.timeline().sessions()) {
            ExpectedRevision revision = last.get(session.id());
            assertEquals(
                    List.of(session.start(), session.end(), session.events()),
                    List.of(revision.start(), revision.end(), revision.events()),
                    "the last revision is the truth");
            assertTrue(revision.mergedInto().isEmpty(), "a session that lives is not merged: " + revision);
        }
        assertEquals(
                history.events(),
                last.values().stream().mapToLong(ExpectedRevision::events).sum(),
                "events told last");
    }

    private static void checkMergedIds(HistoryReplay replay) {
        Map<SessionId, SessionId> mergedInto = new HashMap<>();
        for (ExpectedRevision revision : replay.revisions()) {
            assertTrue(!mergedInto.containsKey(revision.id()), () -> "a merged id is told of no more: " + revision);
            revision.mergedInto().ifPresent(survivor -> mergedInto.put(revision.id(), survivor));
        }
        Set<SessionId> alive = new HashSet<>();
        replay.timeline().sessions().forEach(session -> alive.add(session.id()));
        for (SessionId id : mergedInto.keySet()) {
            SessionId end = id;
            for (int i = 0; i < mergedInto.size() && mergedInto.containsKey(end); i++) {
                end = mergedInto.get(end);
            }
            assertTrue(alive.contains(end), "a chain ends at a session that lives: " + id + " ends at " + end);
        }
    }

    private static void checkEachEventCountsOnce(History history, HistoryReplay replay) {
        Map<SessionId, ExpectedRevision> last = new HashMap<>();
        for (ExpectedRevision revision : replay.revisions()) {
            ExpectedRevision before = last.put(revision.id(), revision);
            assertEquals(before == null ? 1 : before.revision() + 1, revision.revision(), "revisions rise by one");
        }
        long counted =
                last.values().stream().mapToLong(ExpectedRevision::events).sum();
        assertEquals(history.events(), counted, "events over the last revisions");
    }

    private static void checkForgotten(History history, HistoryReplay replay) {
        SessionRules rules = history.rules();
        long past = history.allDue() + rules.retentionMs() + 1;
        assertTrue(replay.timeline().isForgotten(past, rules), "forgotten by the end of the last retention");
        TimelineChange advanced = replay.timeline().advance(ClockSteps.at(past), rules);
        assertEquals(Timeline.EMPTY, advanced.after(), "nothing is remembered past the retention");
        assertEquals(List.of(), advanced.conclusions(), "forgetting tells nothing");
    }
}
