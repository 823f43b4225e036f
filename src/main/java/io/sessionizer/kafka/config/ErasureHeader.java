package io.sessionizer.kafka.config;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * The header of an erasure that was requested from the service. Such an erasure is effective even if null values are
 * ignored ({@code erasure=off}). The header shows whether the record is a copy, which is sent to a partition only
 * because the partition may know the user. A partition that does not know the user must ignore a copy: it may be read
 * late, when the user is back in another partition.
 */
public final class ErasureHeader {
    private static final String NAME = "erasure-copy";
    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);

    private ErasureHeader() {}

    /** The header of a copy. */
    public static Header ofCopy() {
        return new RecordHeader(NAME, TRUE);
    }

    /** The header of the erasure that is not a copy. */
    public static Header ofOriginal() {
        return new RecordHeader(NAME, FALSE);
    }

    /** Whether these are the headers of an erasure that was requested from the service. */
    public static boolean isIn(Headers headers) {
        return headers.lastHeader(NAME) != null;
    }

    /** Whether these are the headers of a copy. */
    public static boolean isCopyIn(Headers headers) {
        Header header = headers.lastHeader(NAME);
        return header != null && !Arrays.equals(header.value(), FALSE);
    }
}
