package io.sessionizer.kafka.config;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.CompactionStyle;
import org.rocksdb.IndexType;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * Bounds RocksDB's memory over all stores of the process: blocks, indexes, filters and write buffers share one cache. By
 * Kafka's defaults each store of each partition would take up to 100 MB of its own.
 *
 * <p>Kafka Streams makes an object of this class for each store, so the shared objects are static. The first instance
 * of the service that opens a store in a process determines the bound; the bound of a later one is ignored.
 */
public final class RocksDbMemory implements RocksDBConfigSetter {
    /** Config key of the bound, in bytes. */
    static final String MEMORY_BYTES = "sessionizer.state.memory.bytes";

    private static final double INDEX_AND_FILTER_SHARE = 0.5;
    /**
     * Four shards: with more, each would be so small that one large block evicts all others. Few threads read, so there
     * is no contention.
     */
    private static final int SHARD_BITS = 2;

    private static final long WRITE_BUFFER_SHARE = 2;
    private static final int BITS_PER_KEY = 10;
    /**
     * With the default of 1 MB, the first few entries of each store allocate a whole block: a hundred stores would use
     * up the write buffers.
     */
    private static final long ARENA_BLOCK_BYTES = 64 << 10;

    private static Cache cache;
    private static WriteBufferManager writeBuffers;
    private static BloomFilter filter;

    static {
        RocksDB.loadLibrary();
    }

    private static synchronized void share(long bytes) {
        if (cache == null) {
            cache = new LRUCache(bytes, SHARD_BITS, false, INDEX_AND_FILTER_SHARE);
            filter = new BloomFilter(BITS_PER_KEY);
            writeBuffers = new WriteBufferManager(bytes / WRITE_BUFFER_SHARE, cache);
        }
    }

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        share(Long.parseLong(configs.get(MEMORY_BYTES).toString()));
        BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCache(cache);
        table.setCacheIndexAndFilterBlocks(true);
        table.setCacheIndexAndFilterBlocksWithHighPriority(true);
        table.setPinTopLevelIndexAndFilter(true);
        // a new user is in no file: with a filter on the last level, too, its look-up reads no block
        table.setFilterPolicy(filter);
        options.setOptimizeFiltersForHits(false);
        // an unpartitioned filter of a million users would not fit the cache, and would be read for each look-up
        table.setPartitionFilters(true);
        table.setIndexType(IndexType.kTwoLevelIndexSearch);
        options.setWriteBufferManager(writeBuffers);
        options.setArenaBlockSize(ARENA_BLOCK_BYTES);
        if (storeName.equals(NodeNames.DEADLINES)) {
            // almost every entry is deleted soon: level compaction drops tombstones sooner than universal compaction
            options.setCompactionStyle(CompactionStyle.LEVEL);
        }
        options.setTableFormatConfig(table);
    }

    @Override
    public void close(String storeName, Options options) {
        // shared objects outlive each store
    }
}
