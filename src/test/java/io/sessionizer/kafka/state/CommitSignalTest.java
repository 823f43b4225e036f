package io.sessionizer.kafka.state;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sessionizer.kafka.config.NodeNames;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommitSignalTest {
    private final CommitSignal signal = new CommitSignal.Builder(NodeNames.COMMIT_SIGNAL).build();
    private final List<String> stored = new ArrayList<>();

    @Test
    void eachCommitRunsTheParticipantsInTheirOrder() {
        signal.register(List.of(() -> stored.add("timelines"), () -> stored.add("clock")));
        signal.flushCache();
        signal.flushCache();
        assertEquals(List.of("timelines", "clock", "timelines", "clock"), stored);
    }

    @Test
    void aNewProcessorReplacesTheParticipants() {
        signal.register(List.of(() -> stored.add("before")));
        signal.register(List.of(() -> stored.add("after")));
        signal.flushCache();
        assertEquals(List.of("after"), stored);
    }

    @Test
    void hasNoParticipantsOnceTheTaskIsClosedOrAStandby() {
        signal.register(List.of(() -> stored.add("closed")));
        signal.close();
        signal.flushCache();
        signal.register(List.of(() -> stored.add("standby")));
        signal.clearCache();
        signal.flushCache();
        assertEquals(List.of(), stored);
    }
}
