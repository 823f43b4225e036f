package io.sessionizer.kafka.state;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.internals.CacheFlushListener;
import org.apache.kafka.streams.state.internals.CachedStateStore;

/**
 * Runs {@link CommitParticipant}s before their task commits, so that cached state is stored within the transaction.
 * Kafka Streams has this callback only for caching stores, not for processors; therefore this is a caching store that
 * stores nothing.
 */
public class CommitSignal implements StateStore, CachedStateStore<Void, Void> {
    private static final Runnable NO_CHECK = () -> {};

    private final String name;
    private List<CommitParticipant> participants = List.of();
    private Runnable afterCommit = NO_CHECK;
    private boolean isOpen;

    protected CommitSignal(String name) {
        this.name = name;
    }

    /**
     * Registers the participants of each commit from now on, in this order; replaces those registered before.
     *
     * @param afterCommit called when Kafka Streams has committed and all must be stored
     */
    public void register(List<CommitParticipant> ordered, Runnable afterCommit) {
        this.participants = List.copyOf(ordered);
        this.afterCommit = afterCommit;
    }

    /** Forgets the participants, which will not commit again, for example because their processor is closed. */
    public void unregister() {
        participants = List.of();
        afterCommit = NO_CHECK;
    }

    @Override
    public void flushCache() {
        participants.forEach(CommitParticipant::beforeCommit);
    }

    /** Called after each commit under at-least-once; under exactly-once, before the task is closed cleanly. */
    @Override
    public void commit(Map<TopicPartition, Long> changelogOffsets) {
        afterCommit.run();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        context.register(root, (key, value) -> {});
        isOpen = true;
    }

    /** Forgets the participants: no commit follows once the stores are closed. */
    @Override
    public void close() {
        unregister();
        isOpen = false;
    }

    @Override
    public boolean persistent() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return isOpen;
    }

    @Override
    public boolean setFlushListener(CacheFlushListener<Void, Void> listener, boolean sendOldValues) {
        return false;
    }

    @Override
    public void clearCache() {
        // the task becomes a standby: the cached state belonged to the processor, which is closed
        unregister();
    }

    /** Creates one for each task. */
    public static class Builder implements StoreBuilder<CommitSignal> {
        private final String name;

        public Builder(String name) {
            this.name = name;
        }

        @Override
        public CommitSignal build() {
            return new CommitSignal(name);
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public StoreBuilder<CommitSignal> withCachingEnabled() {
            return this;
        }

        @Override
        public StoreBuilder<CommitSignal> withCachingDisabled() {
            return this;
        }

        @Override
        public StoreBuilder<CommitSignal> withLoggingEnabled(Map<String, String> config) {
            throw new UnsupportedOperationException("there is nothing to log");
        }

        @Override
        public StoreBuilder<CommitSignal> withLoggingDisabled() {
            return this;
        }

        @Override
        public Map<String, String> logConfig() {
            return Map.of();
        }

        @Override
        public boolean loggingEnabled() {
            return false;
        }
    }
}
