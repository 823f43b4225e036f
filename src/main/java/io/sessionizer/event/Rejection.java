package io.sessionizer.event;

import java.util.Objects;

/**
 * Why a record is dead-lettered.
 *
 * @param reason the first that applies
 * @param detail what is wrong, as a sentence
 */
public record Rejection(RejectionReason reason, String detail) {
    public Rejection {
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(detail, "detail");
    }
}
