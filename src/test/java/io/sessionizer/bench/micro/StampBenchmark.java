package io.sessionizer.bench.micro;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sessionizer.bench.load.EventText;
import io.sessionizer.event.EventReader;
import io.sessionizer.event.Stamper;
import io.sessionizer.event.StreamingEventReader;
import io.sessionizer.event.Verdict;
import io.sessionizer.event.format.FormatPreset;
import io.sessionizer.session.SampleIds;
import io.sessionizer.session.SessionId;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The cost of reading an event and stamping it: as the service does, with Jackson's streaming parser in place of the
 * service's own, and with a Jackson tree; and the lower limit, a copy of the bytes into an array of the stamped size.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class StampBenchmark {
    private static final String STAMP = "CT Session ID";
    /** Of the property with its comma, colon and quotes. */
    private static final int STAMP_LENGTH = STAMP.length() + SessionId.LENGTH + 6;

    private static final int EVENTS = 64;
    private static final SessionId ID = SampleIds.of(1_468_308_340_000L);

    /** About how large the event is, in bytes. */
    @Param({"300", "3000", "100000"})
    private int bytes;

    private final EventReader reader = new EventReader(FormatPreset.CLEVERTAP.format(), false);
    private final StreamingEventReader streaming = new StreamingEventReader(FormatPreset.CLEVERTAP.format(), false);
    private final Stamper stamper = new Stamper(FormatPreset.CLEVERTAP.format());
    private final ObjectMapper mapper = new ObjectMapper();
    private final byte[][] events = new byte[EVENTS][];
    private int next;

    @Setup
    public void prepare() {
        for (int i = 0; i < EVENTS; i++) {
            events[i] = EventText.ofSize(i, bytes);
        }
    }

    /** Not the same one again and again, which the processor would know by heart. */
    private byte[] event() {
        return events[next++ & EVENTS - 1];
    }

    @Benchmark
    public byte[] splice() {
        byte[] event = event();
        if (reader.read(event) != Verdict.COUNTS) {
            throw new IllegalStateException("verdict: must be COUNTS. Found: " + reader.reason());
        }
        return stamper.stamp(reader.stampable(), ID);
    }

    @Benchmark
    public byte[] jacksonStream() {
        if (streaming.read(event()) != Verdict.COUNTS) {
            throw new IllegalStateException("verdict: must be COUNTS. Found: " + streaming.reason());
        }
        return stamper.stamp(streaming.stampable(), ID);
    }

    /** The part of {@link #splice} that finds out whether the event counts, and where the stamp goes. */
    @Benchmark
    public Verdict read() {
        return reader.read(event());
    }

    /** The same part of {@link #jacksonStream}. */
    @Benchmark
    public Verdict readJacksonStream() {
        return streaming.read(event());
    }

    @Benchmark
    public byte[] jacksonTree() throws IOException {
        JsonNode tree = mapper.readTree(event());
        if (!tree.path("type").asText().equals("event")) {
            throw new IllegalStateException("type: must be event. Found: " + tree.path("type"));
        }
        ((ObjectNode) tree.get("evtData")).put(STAMP, ID.toString());
        return mapper.writeValueAsBytes(tree);
    }

    @Benchmark
    public byte[] arrayCopy() {
        byte[] event = event();
        byte[] copy = new byte[event.length + STAMP_LENGTH];
        System.arraycopy(event, 0, copy, 0, event.length);
        return copy;
    }
}
