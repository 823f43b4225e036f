package io.sessionizer.kafka.task;

import io.sessionizer.kafka.config.NodeNames;
import io.sessionizer.kafka.config.TopicRole;
import io.sessionizer.kafka.state.PartitionClock;
import io.sessionizer.kafka.task.Counters.Count;
import io.sessionizer.kafka.topics.TopicLimit;
import io.sessionizer.record.ConcludedWriter;
import io.sessionizer.record.ProfileWriter;
import io.sessionizer.session.Conclusion;
import io.sessionizer.session.EventAdded;
import io.sessionizer.session.Session;
import io.sessionizer.session.SessionId;
import io.sessionizer.session.Timeline;
import io.sessionizer.session.TimelineChange;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Publishes changes of a user's sessions: conclusions, the user's profile, the board's statistics and the counters. An
 * event that only extends an open session publishes nothing.
 */
final class SessionPublisher {
    private static final String SEGMENTS_HEADER = "ct-live-segments";
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);

    private final ProcessorContext<byte[], byte[]> context;
    private final TopicLimit concludedLimit;
    private final TopicLimit profilesLimit;
    private final Counters counters;
    private final ConcludedWriter concludedWriter;
    private final ProfileWriter profileWriter;
    private final StatsPublisher statsPublisher;
    private final PartitionClock clock;

    SessionPublisher(
            ProcessorContext<byte[], byte[]> context,
            InstanceScope scope,
            StatsPublisher statsPublisher,
            PartitionClock clock) {
        this.context = context;
        this.concludedLimit = scope.limits().topic(TopicRole.CONCLUDED);
        this.profilesLimit = scope.limits().topic(TopicRole.PROFILES);
        this.counters = scope.counters();
        this.concludedWriter = new ConcludedWriter(scope.settings().input().format());
        this.profileWriter = new ProfileWriter(scope.settings().input().format());
        this.statsPublisher = statsPublisher;
        this.clock = clock;
    }

    /** Call only if {@link EventAdded#changesSessions}. */
    void publishAdded(byte[] user, Timeline before, EventAdded added) {
        publish(user, before, added.timeline(), added.conclusions());
        switch (added.outcome()) {
            case OPENED -> counters.count(Count.SESSIONS_OPENED);
            case AMENDED -> counters.count(Count.SESSIONS_AMENDED);
            case EXTENDED -> {}
        }
    }

    void publishAdvanced(byte[] user, Timeline before, TimelineChange advanced) {
        if (!advanced.conclusions().isEmpty()) {
            publish(user, before, advanced.timeline(), advanced.conclusions());
        }
    }

    /** The user is erased; {@code before} is the former timeline, which may be empty. */
    void publishErasure(byte[] user, Timeline before) {
        statsPublisher.erase(before);
        publishProfile(user, null, context.currentSystemTimeMs());
    }

    private void publish(byte[] user, Timeline before, Timeline after, List<Conclusion> conclusions) {
        for (Conclusion conclusion : conclusions) {
            publishConclusion(user, conclusion);
            statsPublisher.count(conclusion);
            count(conclusion);
        }
        statsPublisher.apply(before, after);
        Optional<Session> latest = latest(after, conclusions);
        if (latest.isPresent() && isChanged(before.latest(), latest.get())) {
            publishProfile(
                    user, profileWriter.write(user, latest.get()), latest.get().end());
        }
    }

    private void count(Conclusion conclusion) {
        if (conclusion.mergedInto().isPresent()) {
            counters.count(Count.SESSIONS_MERGED);
        } else {
            counters.count(
                    clock.followsWall()
                            ? Count.SESSIONS_CONCLUDED_BY_WALL_CLOCK
                            : Count.SESSIONS_CONCLUDED_BY_EVENT_TIME);
        }
    }

    /** The session with the latest activity. It may be forgotten as soon as it has concluded. */
    private static Optional<Session> latest(Timeline after, List<Conclusion> conclusions) {
        Optional<Session> latest = after.latest();
        for (Conclusion conclusion : conclusions) {
            Session session = conclusion.session();
            // of two with the same end, the remembered one is the current state of the session
            if (conclusion.mergedInto().isEmpty()
                    && (latest.isEmpty() || session.end() > latest.get().end())) {
                latest = Optional.of(session);
            }
        }
        return latest;
    }

    /**
     * Whether it is another session than before or in another state; false if only the former latest session was
     * forgotten.
     */
    private static boolean isChanged(Optional<Session> before, Session now) {
        return before.isEmpty()
                || now.end() >= before.get().end()
                        && (now.openedAt() != before.get().openedAt()
                                || now.revision() != before.get().revision()
                                || now.isOpen() != before.get().isOpen());
    }

    private void publishConclusion(byte[] user, Conclusion conclusion) {
        SessionId id = SessionId.of(user, conclusion.session().openedAt());
        byte[] value = concludedWriter.write(user, conclusion, id, mergedInto(user, conclusion.mergedInto()));
        long time = concludedLimit.clampTimestamp(conclusion.session().end(), context.currentSystemTimeMs());
        Headers headers = new RecordHeaders().add(SEGMENTS_HEADER, FALSE);
        context.forward(new Record<>(user, value, time, headers), NodeNames.CONCLUDED);
    }

    private static Optional<SessionId> mergedInto(byte[] user, OptionalLong openedAt) {
        return openedAt.isPresent() ? Optional.of(SessionId.of(user, openedAt.getAsLong())) : Optional.empty();
    }

    private void publishProfile(byte[] user, byte[] value, long time) {
        long timestamp = profilesLimit.clampTimestamp(time, context.currentSystemTimeMs());
        context.forward(new Record<>(user, value, timestamp), NodeNames.PROFILES);
    }
}
