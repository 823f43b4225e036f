package io.sessionizer.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.session.BruteForce.Told;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Random histories against the definition of a session and against the contract told the slow way;
 * {@code -Dhistories=} sets how many are played.
 */
class TimelinePropertyTest {
    private static final int HISTORIES = Integer.getInteger("histories", 120_000);

    @Test
    void whateverTheOrderOfArrival_theSessionsAreThoseOfTheSortedEvents() {
        Trials.forAll(HISTORIES, Histories::remembered, history -> {
            Replay replay = Replay.of(history);
            checkPartition(history, replay);
            checkLastRevisionsAreTheTruth(history, replay);
            checkMergedIds(replay);
        });
    }

    @Test
    void whereSessionsAreForgotten_eachEventStillCountsOnce() {
        Trials.forAll(HISTORIES / 2, Histories::forgetful, history -> {
            Replay replay = Replay.of(history);
            checkEachEventCountsOnce(history, replay);
            checkForgotten(history, replay);
        });
    }

    @Test
    void aReplayGivesTheSameConclusionsAndIds() {
        Trials.forAll(
                HISTORIES / 20,
                Histories::remembered,
                history -> assertEquals(
                        Replay.of(history).told(), Replay.of(history).told()));
    }

    @Test
    void whereTheClockIsLookedAtMakesNoDifferenceToTheLastRevisions() {
        Trials.forAll(HISTORIES / 10, Histories::remembered, history -> {
            History other = new History(history.rules(), !history.atAlarms(), history.steps());
            assertEquals(
                    facts(Replay.of(history).timeline()), facts(Replay.of(other).timeline()));
        });
    }

    private static List<List<Long>> facts(Timeline timeline) {
        return timeline.sessions().stream()
                .map(session -> List.of(session.openedAt(), session.start(), session.end(), session.events()))
                .toList();
    }

    private static void checkPartition(History history, Replay replay) {
        List<Long> times =
                history.steps().stream().filter(Step::isEvent).map(Step::time).toList();
        List<List<Long>> wanted = SortAndSplit.of(times, history.rules().gapMs()).stream()
                .map(session -> List.of(session.get(0), session.get(session.size() - 1), (long) session.size()))
                .toList();
        List<List<Long>> found = replay.timeline().sessions().stream()
                .map(session -> List.of(session.start(), session.end(), session.events()))
                .toList();
        assertEquals(wanted, found, "the sorted events' sessions, as start, end, events");
    }

    private static void checkLastRevisionsAreTheTruth(History history, Replay replay) {
        Map<Long, Told> last = new HashMap<>();
        for (Told told : replay.told()) {
            Told before = last.put(told.id(), told);
            assertEquals(before == null ? 1 : before.revision() + 1, told.revision(), "revisions rise by one: " + told);
        }
        for (Session session : replay.timeline().sessions()) {
            Told told = last.get(session.openedAt());
            assertEquals(
                    List.of(session.start(), session.end(), session.events()),
                    List.of(told.start(), told.end(), told.events()),
                    "the last revision is the truth");
            assertTrue(told.mergedInto().isEmpty(), "a session that lives is not merged: " + told);
        }
        assertEquals(
                history.events(), last.values().stream().mapToLong(Told::events).sum(), "events told last");
    }

    private static void checkMergedIds(Replay replay) {
        Map<Long, Long> mergedInto = new HashMap<>();
        for (Told told : replay.told()) {
            assertTrue(!mergedInto.containsKey(told.id()), () -> "a merged id is told of no more: " + told);
            told.mergedInto().ifPresent(survivor -> mergedInto.put(told.id(), survivor));
        }
        Set<Long> alive = new HashSet<>();
        replay.timeline().sessions().forEach(session -> alive.add(session.openedAt()));
        for (long id : mergedInto.keySet()) {
            long end = id;
            for (int i = 0; i < mergedInto.size() && mergedInto.containsKey(end); i++) {
                end = mergedInto.get(end);
            }
            assertTrue(alive.contains(end), "a chain ends at a session that lives: " + id + " ends at " + end);
        }
    }

    /** An id may open again once it is forgotten, when the very same event comes again: then it starts at revision 1. */
    private static void checkEachEventCountsOnce(History history, Replay replay) {
        Map<Long, Told> last = new HashMap<>();
        long counted = 0;
        for (Told told : replay.told()) {
            Told before = last.put(told.id(), told);
            if (told.revision() == 1) {
                counted += before == null ? 0 : before.events();
            } else {
                assertEquals(before == null ? 1 : before.revision() + 1, told.revision(), "revisions rise by one");
            }
        }
        counted += last.values().stream().mapToLong(Told::events).sum();
        assertEquals(history.events(), counted, "events over the last revisions");
    }

    private static void checkForgotten(History history, Replay replay) {
        Rules rules = history.rules();
        long past = history.allDue() + rules.gapMs() + rules.retentionMs();
        assertTrue(replay.timeline().isForgotten(past, rules), "forgotten by the end of the last retention");
        Advanced advanced = replay.timeline().advance(past, rules);
        assertEquals(Timeline.EMPTY, advanced.timeline(), "nothing is remembered past the retention");
        assertEquals(List.of(), advanced.conclusions(), "forgetting tells nothing");
    }
}
