package io.sessionizer.bench.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sessionizer.bench.BenchMeasure;
import io.sessionizer.bench.load.EventText;
import io.sessionizer.bench.load.TrueSessions;
import io.sessionizer.bench.load.TrueSessions.ExpectedSession;
import io.sessionizer.bench.process.BenchBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Holds what a runner has written, as a read-committed reader sees it, against the sessions as they must be. Nothing of
 * the service's own code takes part.
 */
final class OutputCheck {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final byte[] NUMBER = ("\"" + EventText.NUMBER + "\":").getBytes(StandardCharsets.US_ASCII);
    private static final byte[] STAMP = "\"CT Session ID\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final int ID_LENGTH = 36;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final BenchBroker bed;
    private final TrueSessions sessions;
    private final byte[] timesStamped;
    private final long[] stamps;
    /** The latest revision of each session by its id. */
    private final Map<String, ReadRevision> revisions = new HashMap<>();

    private record ReadRevision(long number, String mergedInto, ExpectedSession session) {}

    private OutputCheck(BenchBroker bed, InputBacklog backlog) {
        this.bed = bed;
        this.sessions = backlog.sessions();
        this.timesStamped = new byte[backlog.shape().total()];
        this.stamps = new long[timesStamped.length];
    }

    /** Reads the outputs to their ends. The runner must have ended. */
    static Map<BenchMeasure, Double> measurements(
            BenchBroker bed, InputBacklog backlog, String enriched, String concluded) {
        OutputCheck checked = new OutputCheck(bed, backlog);
        checked.read(enriched, checked::stamped);
        checked.read(concluded, checked::concluded);
        return checked.measurements();
    }

    private void read(String topic, Consumer<ConsumerRecord<byte[], byte[]>> sink) {
        Map<String, Object> inLargePieces = Map.of(
                "max.poll.records", "10000", "fetch.max.bytes", "33554432", "max.partition.fetch.bytes", "8388608");
        var partitions = bed.ends(topic).keySet();
        try (var reader = bed.reader(partitions, inLargePieces)) {
            var ends = reader.endOffsets(partitions);
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (ends.entrySet().stream().anyMatch(end -> reader.position(end.getKey()) < end.getValue())) {
                var records = reader.poll(Duration.ofMillis(100));
                records.forEach(sink);
                deadline = records.isEmpty() ? deadline : System.nanoTime() + PATIENCE.toNanos();
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException(topic + ": must be readable to its end. Found: nothing more");
                }
            }
        }
    }

    private void stamped(ConsumerRecord<byte[], byte[]> record) {
        byte[] value = record.value();
        long number = number(value, indexOf(NUMBER, value) + NUMBER.length);
        if (number >= timesStamped.length) {
            return;
        }
        int stamp = indexOf(STAMP, value);
        if (stamp < value.length) {
            timesStamped[(int) number]++;
            stamps[(int) number] = hash(new String(value, stamp + STAMP.length, ID_LENGTH, StandardCharsets.US_ASCII));
        }
    }

    private void concluded(ConsumerRecord<byte[], byte[]> record) {
        String user = new String(record.key(), StandardCharsets.UTF_8);
        if (user.startsWith(InputBacklog.CLOSING)) {
            return;
        }
        JsonNode event = tree(record.value());
        JsonNode data = event.path("evtData");
        long start = data.path("Session Start").asLong() * 1000;
        ExpectedSession session = new ExpectedSession(
                user,
                start,
                event.path("ts").asLong() * 1000,
                data.path("Event Count").asLong());
        // a session window has no id, and is published once
        String id = data.path("Session ID").asText(user + "@" + start);
        ReadRevision revision = new ReadRevision(
                data.path("Revision").asLong(1), data.path("Merged Into").asText(""), session);
        revisions.merge(id, revision, (a, b) -> b.number() > a.number() ? b : a);
    }

    private Map<BenchMeasure, Double> measurements() {
        var last = revisions.values().stream()
                .filter(revision -> revision.mergedInto().isEmpty())
                .map(ReadRevision::session)
                .toList();
        long concludedEvents = last.stream().mapToLong(ExpectedSession::events).sum();
        return Map.of(
                BenchMeasure.NOT_STAMPED, (double) notStampedOnce(),
                BenchMeasure.STAMPS_WRONG, (double) stampsWrong(),
                BenchMeasure.EVENTS_LOST, (double) sessions.counted() - concludedEvents,
                BenchMeasure.SESSIONS_WRONG, (double) sessions.missingFrom(last));
    }

    private int notStampedOnce() {
        int wrong = 0;
        for (int event = 0; event < timesStamped.length; event++) {
            wrong += timesStamped[event] != (sessions.counts(event) ? 1 : 0) ? 1 : 0;
        }
        return wrong;
    }

    /** Events with another id than the first of their session, or with the id of another session. */
    private int stampsWrong() {
        Map<Long, Long> survivors = survivors();
        long[] idOf = new long[sessions.count()];
        boolean[] hasId = new boolean[sessions.count()];
        Map<Long, Integer> owners = new HashMap<>();
        int wrong = 0;
        for (int event = 0; event < stamps.length; event++) {
            if (!sessions.counts(event) || timesStamped[event] == 0) {
                continue;
            }
            int session = sessions.sessionOf(event);
            long id = survivors.getOrDefault(stamps[event], stamps[event]);
            if (!hasId[session]) {
                hasId[session] = true;
                idOf[session] = id;
            }
            int owner = owners.merge(id, session, (first, now) -> first);
            wrong += idOf[session] != id || owner != session ? 1 : 0;
        }
        return wrong;
    }

    /** Where the chain of each merged session's id ends. */
    private Map<Long, Long> survivors() {
        Map<Long, Long> survivors = new HashMap<>();
        revisions.forEach((id, revision) -> {
            if (!revision.mergedInto().isEmpty()) {
                String into = revision.mergedInto();
                for (ReadRevision next = revisions.get(into);
                        next != null && !next.mergedInto().isEmpty(); ) {
                    into = next.mergedInto();
                    next = revisions.get(into);
                }
                survivors.put(hash(id), hash(into));
            }
        });
        return survivors;
    }

    private static long hash(String id) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < id.length(); i++) {
            hash = (hash ^ id.charAt(i)) * 0x100000001b3L;
        }
        return hash;
    }

    private static long number(byte[] in, int from) {
        long number = 0;
        for (int at = from; at < in.length && in[at] >= '0' && in[at] <= '9'; at++) {
            number = number * 10 + in[at] - '0';
        }
        return number;
    }

    /** Its first index, or the end. */
    private static int indexOf(byte[] what, byte[] in) {
        for (int at = 0; at <= in.length - what.length; at++) {
            if (Arrays.equals(what, 0, what.length, in, at, at + what.length)) {
                return at;
            }
        }
        return in.length;
    }

    private static JsonNode tree(byte[] json) {
        try {
            return MAPPER.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
