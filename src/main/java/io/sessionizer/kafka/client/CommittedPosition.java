package io.sessionizer.kafka.client;

import java.nio.ByteBuffer;
import java.util.Base64;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;

/**
 * A position committed for the group.
 *
 * @param nextOffset the next offset to read, at least 0
 * @param isFromStreams whether Kafka Streams committed it: tools that set offsets leave its metadata empty
 */
public record CommittedPosition(long nextOffset, boolean isFromStreams) {
    /** A version and the partition's stream time, as Kafka Streams encodes them; a later version may have more. */
    private static final int METADATA_BYTES = 1 + Long.BYTES;

    private static final byte METADATA_VERSION = 2;
    private static final long UNKNOWN_TIME = -1;

    static CommittedPosition of(OffsetAndMetadata committed) {
        return new CommittedPosition(committed.offset(), isFromStreams(committed.metadata()));
    }

    private static boolean isFromStreams(String metadata) {
        try {
            return Base64.getDecoder().decode(metadata).length >= METADATA_BYTES;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** A position to commit, with the metadata that Kafka Streams writes. */
    static OffsetAndMetadata toCommit(long nextOffset) {
        byte[] metadata = ByteBuffer.allocate(METADATA_BYTES)
                .put(METADATA_VERSION)
                .putLong(UNKNOWN_TIME)
                .array();
        return new OffsetAndMetadata(nextOffset, Base64.getEncoder().encodeToString(metadata));
    }
}
