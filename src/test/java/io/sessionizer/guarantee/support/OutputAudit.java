package io.sessionizer.guarantee.support;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sessionizer.guarantee.support.ServiceOutputs.ConcludedRecord;
import io.sessionizer.guarantee.support.ServiceOutputs.DeadLetterRecord;
import io.sessionizer.guarantee.support.ServiceOutputs.EnrichedRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Holds what a read-committed consumer has seen against what was sent: the books must balance to the single event. It
 * knows the specification and nothing of the service.
 */
public final class OutputAudit {
    private static final int MOST_SHOWN = 5;

    private final Map<String, TestEvent> sent;
    private final List<ReferenceSessions.ReferenceSession> reference;
    private final List<EnrichedRecord> stamped;
    private final List<DeadLetterRecord> deadLetters;
    private final Map<String, List<ConcludedRecord>> revisions;
    /** Ids of the events that count and were not erased. */
    private final Set<String> remaining;

    private final Set<String> erasedSessions;

    /** The books of a service that has concluded all; the outputs have been read to their end. */
    public OutputAudit(Collection<TestEvent> events, long gapMs, ServiceOutputs outputs) {
        sent = events.stream().collect(Collectors.toMap(TestEvent::id, Function.identity()));
        reference = ReferenceSessions.sessions(events, gapMs);
        stamped = List.copyOf(outputs.stamped());
        deadLetters = List.copyOf(outputs.deadLetters());
        revisions = byId(outputs.concluded());
        remaining = remaining(events);
        erasedSessions = erasedSessions(stamped, remaining);
    }

    private static Set<String> remaining(Collection<TestEvent> events) {
        return ReferenceSessions.remaining(events).values().stream()
                .flatMap(List::stream)
                .map(TestEvent::id)
                .collect(Collectors.toSet());
    }

    /** No event that was sent after the erasure is in one of these sessions. */
    private static Set<String> erasedSessions(List<EnrichedRecord> stamped, Set<String> remaining) {
        return stamped.stream()
                .filter(event -> !remaining.contains(event.id()))
                .map(event -> event.session().orElse(""))
                .collect(Collectors.toSet());
    }

    /** How much there was to go wrong. */
    public String summary() {
        long amendments = revisions.values().stream()
                .flatMap(List::stream)
                .filter(one -> one.revision() > 1)
                .count();
        long merged = revisions.values().stream()
                .filter(ofOne -> ofOne.get(ofOne.size() - 1).mergedInto().isPresent())
                .count();
        return stamped.size() + " stamped, " + reference.size() + " sessions, " + amendments + " amendments, " + merged
                + " merged ids, " + erasedSessions.size() + " erased ids, " + deadLetters.size() + " dead letters";
    }

    /** Continues reading until the concluded sessions have at least all of these events that were not erased. */
    public static void awaitAllConcluded(ServiceOutputs outputs, Collection<TestEvent> events, Duration timeout) {
        long counting = events.stream().filter(TestEvent::counts).count();
        Set<String> remaining = remaining(events);
        outputs.await(
                "All " + counting + " events are stamped and in concluded sessions",
                timeout,
                seen -> seen.stamped().size() >= counting && concludedEvents(seen, remaining) >= remaining.size());
    }

    private static long concludedEvents(ServiceOutputs outputs, Set<String> remaining) {
        Map<String, List<ConcludedRecord>> byId = byId(outputs.concluded());
        byId.keySet().removeAll(erasedSessions(outputs.stamped(), remaining));
        return byId.values().stream()
                .mapToLong(ofOne -> ofOne.get(ofOne.size() - 1).events())
                .sum();
    }

    private static Map<String, List<ConcludedRecord>> byId(List<ConcludedRecord> concluded) {
        Map<String, List<ConcludedRecord>> byId = new LinkedHashMap<>();
        concluded.forEach(
                one -> byId.computeIfAbsent(one.id(), id -> new ArrayList<>()).add(one));
        return byId;
    }

    public void everythingIsRight() {
        everyCountingEventIsStampedOnce();
        everyStampedEventIsTheOneThatWasSent();
        everyBrokenEventIsADeadLetterOnce();
        everySessionIdIsOfOneUser();
        everyRevisionIsConcludedOnce();
        everyMergedIdIsNamedOnceAndLast();
        everySessionIsConcludedAsTheReferenceHasIt();
        everyEventCarriesTheIdOfItsSession();
    }

    public void everyCountingEventIsStampedOnce() {
        Map<String, Integer> times = new HashMap<>();
        stamped.forEach(event -> times.merge(event.id(), 1, Integer::sum));
        Map<String, Integer> once = new HashMap<>();
        sent.values().stream().filter(TestEvent::counts).forEach(event -> once.put(event.id(), 1));
        if (!once.equals(times)) {
            stamped.stream().filter(event -> times.get(event.id()) != 1).forEach(System.out::println);
        }
        assertSame("events by how often they are stamped", once, times);
    }

    public void everyStampedEventIsTheOneThatWasSent() {
        List<String> wrong = new ArrayList<>();
        for (EnrichedRecord event : stamped) {
            TestEvent original = sent.get(event.id());
            if (!event.user().equals(original.user())
                    || event.timestamp() != original.time()
                    || event.session().isEmpty()) {
                wrong.add(event + " of " + original);
            }
        }
        assertNone("stamped events that differ from what was sent", wrong);
    }

    public void everyBrokenEventIsADeadLetterOnce() {
        Map<String, Integer> times = new HashMap<>();
        deadLetters.forEach(
                letter -> times.merge(letter.reason() + letter.value().orElse(""), 1, Integer::sum));
        Map<String, Integer> once = new HashMap<>();
        sent.values().stream()
                .filter(event -> event.kind() == TestEvent.TestEventKind.BROKEN)
                .forEach(event -> once.put("NO_EVENT_NAME" + event.json(), 1));
        assertSame("dead letters by how often they are written", once, times);
    }

    public void everySessionIdIsOfOneUser() {
        Map<String, Set<String>> users = new HashMap<>();
        stamped.forEach(event -> users.computeIfAbsent(event.session().orElse(""), id -> new HashSet<>())
                .add(event.user()));
        revisions.forEach((id, ofOne) -> ofOne.forEach(
                one -> users.computeIfAbsent(id, none -> new HashSet<>()).add(one.user())));
        users.values().removeIf(ofOne -> ofOne.size() == 1);
        assertNone("ids of sessions of more than one user", List.copyOf(users.entrySet()));
    }

    public void everyRevisionIsConcludedOnce() {
        List<String> wrong = new ArrayList<>();
        revisions.forEach((id, ofOne) -> {
            for (int i = 0; i < ofOne.size(); i++) {
                if (ofOne.get(i).revision() != i + 1) {
                    wrong.add(ofOne.toString());
                }
            }
        });
        assertNone("ids whose revisions are not 1, 2, 3 and so on", wrong);
    }

    public void everyMergedIdIsNamedOnceAndLast() {
        List<String> wrong = new ArrayList<>();
        revisions.forEach((id, ofOne) -> {
            for (ConcludedRecord one : ofOne) {
                boolean isLast = one == ofOne.get(ofOne.size() - 1);
                boolean isVoid = one.length() == 0 && one.events() == 0;
                if (one.mergedInto().isPresent() && (!isLast || !isVoid)) {
                    wrong.add(ofOne.toString());
                }
            }
        });
        assertNone("merged ids that are named again, or still count", wrong);
    }

    /** The last revisions, merged ones left out, are the reference's sessions: start, end, length and count. */
    public void everySessionIsConcludedAsTheReferenceHasIt() {
        Map<String, Integer> expected = new HashMap<>();
        for (ReferenceSessions.ReferenceSession session : reference) {
            expected.merge(
                    books(
                            session.user(),
                            session.start() / 1000,
                            session.end(),
                            (session.end() - session.start()) / 1000,
                            session.events().size()),
                    1,
                    Integer::sum);
        }
        Map<String, Integer> found = new HashMap<>();
        for (ConcludedRecord last : sessions()) {
            assertEquals(last.timestamp() / 1000, last.ts(), last::toString);
            found.merge(
                    books(last.user(), last.start(), last.timestamp(), last.length(), last.events()), 1, Integer::sum);
        }
        assertSame("sessions by how often they are there", expected, found);
    }

    /** The last revision of each session that was neither merged nor erased. */
    public List<ConcludedRecord> sessions() {
        return revisions.values().stream()
                .map(ofOne -> ofOne.get(ofOne.size() - 1))
                .filter(last -> last.mergedInto().isEmpty() && !erasedSessions.contains(last.id()))
                .toList();
    }

    private static String books(String user, long startSeconds, long end, long length, long events) {
        return user + " from " + startSeconds + " s to " + end + " ms, " + length + " s, " + events + " events";
    }

    /** Events with the same id, merged ids resolved to the survivor, are those of one session of the reference. */
    public void everyEventCarriesTheIdOfItsSession() {
        Map<String, Set<String>> byFinalId = new HashMap<>();
        stamped.stream()
                .filter(event -> remaining.contains(event.id()))
                .forEach(event -> byFinalId
                        .computeIfAbsent(survivor(event.session().orElse("")), id -> new HashSet<>())
                        .add(event.id()));
        Map<Set<String>, Integer> expected = new HashMap<>();
        reference.forEach(session -> expected.put(session.events(), 1));
        Map<Set<String>, Integer> found = new HashMap<>();
        byFinalId.values().forEach(events -> found.merge(events, 1, Integer::sum));
        assertSame("sets of events of one session", expected, found);
    }

    private String survivor(String id) {
        String last = id;
        Optional<String> next = Optional.of(id);
        for (int hops = 0; next.isPresent(); hops++) {
            last = next.get();
            List<ConcludedRecord> ofOne = revisions.get(last);
            if (ofOne == null || hops > revisions.size()) {
                throw new AssertionError("session id: must lead to a concluded session. Found: " + id + " to " + last);
            }
            next = ofOne.get(ofOne.size() - 1).mergedInto();
        }
        return last;
    }

    private static <T> void assertSame(String what, Map<T, Integer> expected, Map<T, Integer> found) {
        if (!expected.equals(found)) {
            throw new AssertionError(what + ": must be as sent.\nMissing " + minus(expected, found) + "\nFound instead "
                    + minus(found, expected));
        }
    }

    private static <T> String minus(Map<T, Integer> some, Map<T, Integer> others) {
        List<String> more = some.entrySet().stream()
                .filter(entry -> !entry.getValue().equals(others.get(entry.getKey())))
                .map(Object::toString)
                .sorted()
                .toList();
        return shown(more);
    }

    private static void assertNone(String what, List<?> wrong) {
        if (!wrong.isEmpty()) {
            throw new AssertionError(what + ": must be none. Found: " + shown(wrong));
        }
    }

    private static String shown(List<?> all) {
        return all.size() + ": " + all.subList(0, Math.min(MOST_SHOWN, all.size()));
    }
}
