package io.sessionizer.kafka.config;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * The mark of an erasure that is sent to a partition only because it may know the user. A partition that does not know
 * the user must ignore it: it may be read late, when the user is active again in another partition.
 */
public final class ErasureCopy {
    private static final String NAME = "erasure-copy";
    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);

    private ErasureCopy() {}

    /** The header that marks a copy. */
    public static Header header() {
        return new RecordHeader(NAME, TRUE);
    }

    /** Whether these are the headers of a copy. */
    public static boolean isMarkedIn(Headers headers) {
        return headers.lastHeader(NAME) != null;
    }
}
