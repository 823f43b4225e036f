package io.sessionizer.dryrun;

import io.sessionizer.event.Rejection;
import io.sessionizer.event.UncountedReason.EventPart;
import io.sessionizer.session.SessionId;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What happens to a line.
 *
 * @param number of the line, from 1
 * @param fields what was read
 */
public record LineResult(long number, LineFields fields, LineVerdict verdict) {
    /**
     * What was read of an event; a field is empty if it is absent, invalid or cannot be read.
     *
     * @param timeMs the event's own time, epoch ms; without one its record's timestamp counts
     */
    public record LineFields(
            Optional<String> user,
            Optional<String> type,
            Optional<String> name,
            Optional<String> source,
            OptionalLong timeMs) {
        /** Nothing could be read. */
        public static final LineFields NONE = new LineFields(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), OptionalLong.empty());
    }

    /** What a line is. */
    public sealed interface LineVerdict {}

    /**
     * An event that counts.
     *
     * @param session the id of its session, as it is known when the event passes
     * @param opensSession whether it opened that session
     * @param stamped the value with the id; must not be modified
     */
    public record Counted(SessionId session, boolean opensSession, byte[] stamped) implements LineVerdict {}

    /**
     * An event that does not count.
     *
     * @param by the part of the event that decided
     */
    public record NotCounted(EventPart by) implements LineVerdict {}

    /** A dead letter. */
    public record DeadLettered(Rejection rejection) implements LineVerdict {}
}
