package io.sessionizer.bench.micro;

import io.sessionizer.record.TimelineCodec;
import io.sessionizer.session.ClockSteps;
import io.sessionizer.session.EventAdded;
import io.sessionizer.session.EventOrigin;
import io.sessionizer.session.SessionIdForm;
import io.sessionizer.session.SessionRules;
import io.sessionizer.session.Timeline;
import java.nio.charset.StandardCharsets;
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
 * What it costs to add an event to a user's timeline, and to write and read the timeline, with all but the latest of its
 * sessions concluded.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TimelineBenchmark {
    private static final long MINUTE = 60_000;
    private static final SessionRules RULES = new SessionRules(20 * MINUTE, 24 * 60 * MINUTE, 1000);
    private static final byte[] USER = "user-0000042".getBytes(StandardCharsets.UTF_8);
    private static final long START = 1_468_308_340_000L;
    private static final long BETWEEN_SESSIONS = 26 * MINUTE;

    /** How many sessions of the user are remembered. */
    @Param({"1", "5", "50"})
    private int sessions;

    private final EventOrigin origin = new EventOrigin(SessionIdForm.UUID).set(USER, 0, 0);
    private Timeline timeline = Timeline.EMPTY;
    private byte[] encoded;
    private long next;

    @Setup
    public void prepare() {
        for (int session = 0; session < sessions; session++) {
            for (int event = 0; event < 8; event++) {
                next = START + session * BETWEEN_SESSIONS + event * MINUTE / 2;
                timeline =
                        timeline.add(next, ClockSteps.at(next), RULES, origin).timeline();
            }
        }
        next += MINUTE / 2;
        encoded = TimelineCodec.encode(timeline);
        int found = timeline.sessions().size();
        if (found != sessions) {
            throw new IllegalStateException("sessions: must be " + sessions + ". Found: " + found);
        }
    }

    /** The event joins the latest session, as most do. */
    @Benchmark
    public EventAdded add() {
        return timeline.add(next, ClockSteps.at(next), RULES, origin);
    }

    @Benchmark
    public byte[] encode() {
        return TimelineCodec.encode(timeline);
    }

    @Benchmark
    public Timeline decode() {
        return TimelineCodec.decode(USER, encoded);
    }

    /** All that an event costs but for the store: read, added, written. */
    @Benchmark
    public byte[] decodeAddEncode() {
        return TimelineCodec.encode(TimelineCodec.decode(USER, encoded)
                .add(next, ClockSteps.at(next), RULES, origin)
                .timeline());
    }
}
