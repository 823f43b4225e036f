package io.sessionizer.record;

import io.sessionizer.session.EventOrigin;

/**
 * A record's place in the input.
 *
 * @param partition number of the partition
 * @param offset offset in the partition, or {@link EventOrigin#NO_OFFSET}
 */
public record InputOffset(int partition, long offset) {
    static InputOffset unknown(int partition) {
        return new InputOffset(partition, EventOrigin.NO_OFFSET);
    }
}
