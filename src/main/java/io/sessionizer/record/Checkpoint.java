package io.sessionizer.record;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The state of a partition that is stored with each commit, besides its sessions.
 *
 * @param clockMs the partition's clock, epoch ms, or -1 if it has none yet
 * @param earlierSteps earlier values of the clock, ascending, at which sessions are due but have not concluded yet
 * @param position where reading of the input resumes, once a record has been processed
 */
public record Checkpoint(long clockMs, List<Long> earlierSteps, Optional<InputPosition> position) {
    public Checkpoint {
        if (clockMs < -1) {
            throw new IllegalArgumentException("clockMs: must be at least -1. Found: " + clockMs);
        }
        earlierSteps = List.copyOf(earlierSteps);
    }

    /**
     * A place in the input.
     *
     * @param topicId the topic's id, since another topic may get its name
     * @param nextOffset the offset after the last record that was processed
     */
    public record InputPosition(UUID topicId, long nextOffset) {
        public InputPosition {
            if (nextOffset < 0) {
                throw new IllegalArgumentException("nextOffset: must be at least 0. Found: " + nextOffset);
            }
        }
    }
}
