package io.sessionizer.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sessionizer.bench.load.TrueSessions.ExpectedSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TrueSessionsTest {
    private static final long GAP = 20 * 60_000;
    private static final LoadShape SHAPE = new LoadShape(3, 40, 3_000, 1_700_000_000_000L, 12 * 3_600_000L, 1, true);

    @Test
    void areTheSortedEventsSplitAtTheGap() {
        List<ExpectedSession> expected = plain();
        TrueSessions sessions = TrueSessions.of(SHAPE, GAP);
        assertEquals(expected.size(), sessions.count());
        assertEquals(0, sessions.missingFrom(expected));
    }

    @Test
    void countsMissingSessions() {
        List<ExpectedSession> concluded = new ArrayList<>(plain());
        ExpectedSession first = concluded.remove(0);
        concluded.add(new ExpectedSession(first.user(), first.startMs(), first.endMs(), first.events() + 1));
        assertEquals(1, TrueSessions.of(SHAPE, GAP).missingFrom(concluded));
        assertEquals(plain().size(), TrueSessions.of(SHAPE, GAP).missingFrom(List.of()));
    }

    private static List<ExpectedSession> plain() {
        Map<String, List<Long>> times = new TreeMap<>();
        new LoadGenerator(SHAPE).forEachRemaining(event -> {
            if (event.kind().counts()) {
                times.computeIfAbsent(event.userName(), user -> new ArrayList<>())
                        .add(event.timeMs());
            }
        });
        List<ExpectedSession> sessions = new ArrayList<>();
        times.forEach((user, ofUser) -> {
            ofUser.sort(null);
            ExpectedSession last = new ExpectedSession(user, ofUser.get(0), ofUser.get(0), 0);
            for (long time : ofUser) {
                if (time - last.endMs() > GAP) {
                    sessions.add(last);
                    last = new ExpectedSession(user, time, time, 0);
                }
                last = new ExpectedSession(user, last.startMs(), time, last.events() + 1);
            }
            sessions.add(last);
        });
        return sessions;
    }
}
