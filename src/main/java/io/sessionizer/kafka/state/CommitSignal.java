package io.sessionizer.kafka.state;

import io.sessionizer.kafka.config.NodeNames;
import java.util.Map;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.internals.CacheFlushListener;
import org.apache.kafka.streams.state.internals.CachedStateStore;

/**
 * Tells a processor that its task is about to commit, so that what it keeps in memory is stored within the transaction.
 * Kafka Streams has no such call for processors, only for stores that cache; so this is one, with nothing to store.
 */
public final class CommitSignal implements StateStore, CachedStateStore<Void, Void> {
    private static final Runnable NOTHING = () -> {};

    private Runnable beforeCommit = NOTHING;
    private boolean isOpen;

    /** From now on {@code action} runs before each commit; it may write to stores, but forward nothing. */
    public void beforeCommit(Runnable action) {
        beforeCommit = action;
    }

    @Override
    public void flushCache() {
        beforeCommit.run();
    }

    @Override
    public String name() {
        return NodeNames.COMMIT_SIGNAL;
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        context.register(root, (key, value) -> {});
        isOpen = true;
    }

    /** Later than the processor's end: between the two comes the last commit. */
    @Override
    public void close() {
        beforeCommit = NOTHING;
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
        // the task becomes a standby: what is in memory was the processor's, which has ended
        beforeCommit = NOTHING;
    }

    /** Makes one for each task. */
    public static final class Builder implements StoreBuilder<CommitSignal> {
        @Override
        public CommitSignal build() {
            return new CommitSignal();
        }

        @Override
        public String name() {
            return NodeNames.COMMIT_SIGNAL;
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
