package io.sessionizer.kafka.state;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.query.FailureReason;
import org.apache.kafka.streams.query.KeyQuery;
import org.apache.kafka.streams.query.PositionBound;
import org.apache.kafka.streams.query.QueryConfig;
import org.apache.kafka.streams.query.QueryResult;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QueriedRocksDbStoreTest {
    private static final Bytes KEY = Bytes.wrap(new byte[] {1});
    private static final byte[] VALUE = new byte[1_000];
    private static final int CLOSINGS = 100;

    @TempDir
    Path directory;

    private final KeyValueStore<Bytes, byte[]> store = new QueriedRocksDbStore.Supplier("queried").get();
    private final AtomicLong answers = new AtomicLong();
    private final AtomicLong refusals = new AtomicLong();
    private final AtomicBoolean isOver = new AtomicBoolean();

    /** Without the lock they read freed memory, which ends this JVM. */
    @Test
    void everyQueryIsAnsweredOrRefused_whileTheStoreOpensAndCloses() throws Exception {
        StateStoreContext context = context();
        store.init(context, store);
        store.put(KEY, VALUE);
        ExecutorService pool = Executors.newFixedThreadPool(3);
        try {
            List<Future<?>> queries = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                queries.add(pool.submit(queryUntilOver()));
            }
            for (int i = 0; i < CLOSINGS; i++) {
                store.close();
                store.init(context, store);
                long before = answers.get();
                while (answers.get() < before + 10 && queries.stream().noneMatch(Future::isDone)) {
                    Thread.onSpinWait();
                }
            }
            isOver.set(true);
            for (Future<?> query : queries) {
                query.get();
            }
        } finally {
            isOver.set(true);
            pool.shutdown();
            store.close();
        }
        assertTrue(refusals.get() > 0, "queries while it was closed: must be some. Found: " + refusals);
    }

    private Callable<Void> queryUntilOver() {
        return () -> {
            while (!isOver.get()) {
                QueryResult<byte[]> result = store.query(
                        KeyQuery.<Bytes, byte[]>withKey(KEY), PositionBound.unbounded(), new QueryConfig(false));
                if (result.isSuccess()) {
                    assertArrayEquals(VALUE, result.getResult());
                    answers.incrementAndGet();
                } else {
                    assertEquals(FailureReason.NOT_PRESENT, result.getFailureReason());
                    refusals.incrementAndGet();
                }
            }
            return null;
        };
    }

    private StateStoreContext context() {
        Properties config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, "queried");
        config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:1");
        return new MockProcessorContext<>(config, new TaskId(0, 0), directory.toFile()).getStateStoreContext();
    }
}
