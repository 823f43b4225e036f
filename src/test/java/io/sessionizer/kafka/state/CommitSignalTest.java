package io.sessionizer.kafka.state;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sessionizer.kafka.config.NodeNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CommitSignalTest {
    private final CommitSignal signal = new CommitSignal.Builder(NodeNames.COMMIT_SIGNAL).build();
    private final List<String> stored = new ArrayList<>();

    /** Reports that it is stored. */
    private record Reporting(List<String> stored, String name) implements CommitParticipant {
        @Override
        public void beforeCommit() {
            stored.add(name);
        }

        @Override
        public boolean hasUnsaved() {
            return false;
        }
    }

    @Test
    void eachCommitRunsTheParticipantsInTheirOrder_thenTheCheck() {
        register("timelines", "clock");
        signal.flushCache();
        signal.commit(Map.of());
        signal.flushCache();
        assertEquals(List.of("timelines", "clock", "checked", "timelines", "clock"), stored);
    }

    @Test
    void aNewProcessorReplacesTheParticipants() {
        register("before");
        register("after");
        signal.flushCache();
        assertEquals(List.of("after"), stored);
    }

    @Test
    void hasNoParticipantsOnceTheTaskIsClosedOrAStandby() {
        register("closed");
        signal.close();
        commit();
        register("standby");
        signal.clearCache();
        commit();
        register("suspended");
        signal.unregister();
        commit();
        assertEquals(List.of(), stored);
    }

    private void commit() {
        signal.flushCache();
        signal.commit(Map.of());
    }

    private void register(String... names) {
        signal.register(
                List.of(names).stream()
                        .<CommitParticipant>map(name -> new Reporting(stored, name))
                        .toList(),
                () -> stored.add("checked"));
    }
}
