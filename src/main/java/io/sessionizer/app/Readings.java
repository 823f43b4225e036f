package io.sessionizer.app;

import io.sessionizer.codec.Reason;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What the service says of itself at one moment.
 *
 * @param events what came in, since the start of the process
 * @param deadLetters by reason; a reason that is not there is 0
 * @param sessions what became of sessions, since the start of the process
 * @param usersErased since the start of the process
 * @param partitions of the input that this instance works on, by number
 * @param health how it stands
 */
record Readings(
        Events events,
        Map<Reason, Long> deadLetters,
        Sessions sessions,
        long usersErased,
        Map<Integer, Partition> partitions,
        Health health) {

    /**
     * Events that were understood.
     *
     * @param counted joined or opened a session
     * @param excluded do not count, by their name
     * @param untracked do not count, by their source or type
     * @param unstamped would have counted, but session tracking was not active
     * @param late of the counted ones, those behind the clock of their partition
     */
    record Events(long counted, long excluded, long untracked, long unstamped, long late) {}

    /**
     * Sessions.
     *
     * @param concludedByEvent concluded as events moved the clock
     * @param concludedByWall concluded as the clock of an idle partition followed the wall clock
     * @param amended concluded sessions that a late event joined
     * @param merged sessions that a late event joined to another
     */
    record Sessions(long opened, long concludedByEvent, long concludedByWall, long amended, long merged) {}

    /**
     * A partition.
     *
     * @param activeUsers users with an open session
     * @param overdueSeconds how long the session that waits longest has been due, by the partition's clock; 0 if none waits
     * @param behindWallSeconds how far the partition's clock is behind the wall clock; empty before its first event
     */
    record Partition(long openSessions, long activeUsers, double overdueSeconds, OptionalDouble behindWallSeconds) {}

    /**
     * How it stands.
     *
     * @param isTracking whether session tracking is active
     * @param isReady whether all is restored and running
     */
    record Health(boolean isTracking, boolean isReady, String version) {}
}
