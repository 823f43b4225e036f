package io.sessionizer.dryrun;

import io.sessionizer.event.Rejection;
import io.sessionizer.event.UncountedReason.EventPart;
import io.sessionizer.session.SessionId;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The result of processing a line.
 *
 * @param number the number of the line, from 1
 * @param fields the fields that were read
 */
public record LineResult(long number, LineFields fields, LineVerdict verdict) {
    /**
     * The fields that were read from an event. A field is empty if it is absent, invalid or cannot be read.
     *
     * @param timeMs the event's own time, epoch ms; if there is none, the record's timestamp applies
     */
    public record LineFields(
            Optional<String> user,
            Optional<String> type,
            Optional<String> name,
            Optional<String> source,
            OptionalLong timeMs) {
        /** No field could be read. */
        public static final LineFields NONE = new LineFields(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), OptionalLong.empty());
    }

    /** The outcome for a line. */
    public sealed interface LineVerdict {}

    /**
     * An event that counts.
     *
     * @param session the id of its session, as known when the event is processed
     * @param opensSession whether it opened that session
     * @param stamped the value with the id; must not be modified
     */
    public record Counted(SessionId session, boolean opensSession, byte[] stamped) implements LineVerdict {}

    /**
     * An event that does not count.
     *
     * @param by the part of the event that is the reason
     */
    public record NotCounted(EventPart by) implements LineVerdict {}

    /** A dead letter. */
    public record DeadLettered(Rejection rejection) implements LineVerdict {}
}
