package io.sessionizer.kafka.state;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.query.FailureReason;
import org.apache.kafka.streams.query.PositionBound;
import org.apache.kafka.streams.query.Query;
import org.apache.kafka.streams.query.QueryConfig;
import org.apache.kafka.streams.query.QueryResult;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.internals.RocksDBStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store that other threads may query while it opens and closes: it closes when the queries in progress have finished,
 * and later ones fail. From 4.4.0 on, Kafka's own store lets a query read native memory that it has freed, which
 * crashes the process.
 *
 * <p>One whose files are damaged, as after a power failure, is deleted as it opens, and restored from its changelog.
 */
final class QueriedRocksDbStore extends RocksDBStore {
    private static final Logger LOG = LoggerFactory.getLogger(QueriedRocksDbStore.class);
    /** Where Kafka Streams keeps the stores of a task. */
    private static final String FILES = "rocksdb";

    private final ReadWriteLock lock = new ReentrantReadWriteLock();

    QueriedRocksDbStore(String name, String metricsScope) {
        super(name, metricsScope);
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        lock.writeLock().lock();
        try {
            open(context, root);
        } finally {
            lock.writeLock().unlock();
        }
    }

    private void open(StateStoreContext context, StateStore root) {
        try {
            super.init(context, root);
        } catch (ProcessorStateException e) {
            if (!LocalState.isCorruption(e.getCause())) {
                throw e;
            }
            LOG.warn(
                    "Store {} of task {} is damaged, restoring it from its changelog: {}",
                    name(),
                    context.taskId(),
                    e.getCause().getMessage());
            delete(context.stateDir().toPath().resolve(FILES).resolve(name()));
            super.init(context, root);
        }
    }

    private static void delete(Path directory) {
        try {
            Utils.delete(directory.toFile());
        } catch (IOException e) {
            throw new ProcessorStateException("A damaged store cannot be deleted: " + directory, e);
        }
    }

    @Override
    public <R> QueryResult<R> query(Query<R> query, PositionBound bound, QueryConfig config) {
        lock.readLock().lock();
        try {
            return isOpen()
                    ? super.query(query, bound, config)
                    : QueryResult.forFailure(FailureReason.NOT_PRESENT, name() + " is closed");
        } finally {
            lock.readLock().unlock();
        }
    }

    // not synchronized, as the overridden method is: a query that it waits for may need the monitor
    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            super.close();
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Supplies one for each task. */
    record Supplier(String name) implements KeyValueBytesStoreSupplier {
        @Override
        public KeyValueStore<Bytes, byte[]> get() {
            return new QueriedRocksDbStore(name, metricsScope());
        }

        @Override
        public String metricsScope() {
            return "rocksdb";
        }
    }
}
