package io.sessionizer.kafka.client;

/**
 * How far a consumer has read a partition.
 *
 * @param position the next offset to read; all before it were returned by a poll, or hold no record for this consumer
 * @param lastReturned offset of the last record that a poll returned, or {@link #NONE}
 */
public record ReadProgress(long position, long lastReturned) {
    /** No record was returned yet. */
    public static final long NONE = -1;

    /**
     * The offset before which all records have been processed.
     *
     * @param lastProcessed offset of the last record that was processed, or {@link #NONE}
     */
    public long processedBefore(long lastProcessed) {
        return lastProcessed < lastReturned ? lastProcessed + 1 : position;
    }
}
