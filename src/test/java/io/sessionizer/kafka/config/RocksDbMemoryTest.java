package io.sessionizer.kafka.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.kafka.StreamDriver;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.FlushOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.TableProperties;

class RocksDbMemoryTest {
    private static final int USERS = 100_000;
    private static final long MEMORY_BYTES = 16L << 20;

    @TempDir
    Path directory;

    private Options options;
    private RocksDB store;

    @BeforeEach
    void open() throws RocksDBException {
        RocksDbMemory memory = new RocksDbMemory();
        options = new Options().setCreateIfMissing(true).setTableFormatConfig(new BlockBasedTableConfig());
        memory.setConfig(NodeNames.TIMELINES, options, Map.of(RocksDbMemory.MEMORY_BYTES, Long.toString(MEMORY_BYTES)));
        store = RocksDB.open(options, directory.toString());
    }

    @AfterEach
    void close() {
        store.close();
        options.close();
    }

    @Test
    void fewEntriesOfOneStoreLeaveTheWriteBuffersToTheOthers() throws RocksDBException {
        for (int user = 0; user < 100; user++) {
            store.put(StreamDriver.bytes("user-" + user), new byte[40]);
        }
        long bytes = store.getLongProperty("rocksdb.cur-size-all-mem-tables");
        assertTrue(bytes < 256 << 10, () -> "takes " + bytes + " bytes");
    }

    @Test
    void filtersAndIndexAreInPieces_andFindEachUser() throws RocksDBException {
        for (int user = 0; user < USERS; user++) {
            store.put(StreamDriver.bytes("user-" + user), new byte[40]);
        }
        try (FlushOptions flush = new FlushOptions()) {
            store.flush(flush);
        }
        assertTrue(store.getPropertiesOfAllTables().size() > 0, "there are files");
        for (TableProperties table : store.getPropertiesOfAllTables().values()) {
            assertTrue(table.getIndexPartitions() > 1, "the index has pieces");
            assertTrue(table.getFilterSize() > 0, "there is a filter");
        }
        for (int user = 0; user < USERS; user += 7) {
            assertEquals(40, store.get(StreamDriver.bytes("user-" + user)).length);
        }
    }
}
