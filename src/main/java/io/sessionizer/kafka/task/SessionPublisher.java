package io.sessionizer.kafka.task;

import io.sessionizer.kafka.config.NodeNames;
import io.sessionizer.kafka.config.TopicRole;
import io.sessionizer.kafka.state.PartitionClock;
import io.sessionizer.kafka.status.Counters;
import io.sessionizer.kafka.status.Counters.Count;
import io.sessionizer.kafka.topics.TopicLimit;
import io.sessionizer.record.ConcludedWriter;
import io.sessionizer.record.ProfileWriter;
import io.sessionizer.session.Conclusion;
import io.sessionizer.session.Timeline;
import io.sessionizer.session.TimelineChange;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Publishes and counts the conclusions of a user's sessions, and publishes their rows and the user's profile. */
final class SessionPublisher {
    private static final String SEGMENTS_HEADER = "ct-live-segments";
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);

    private final ProcessorContext<byte[], byte[]> context;
    private final Supplier<TopicLimit> concludedLimit;
    private final Supplier<TopicLimit> profilesLimit;
    private final Counters counters;
    private final ConcludedWriter concludedWriter;
    private final ProfileWriter profileWriter;
    private final Optional<SessionRowPublisher> rows;
    private final PartitionClock clock;
    private final Now now;

    SessionPublisher(ProcessorContext<byte[], byte[]> context, InstanceScope scope, PartitionClock clock) {
        this.context = context;
        this.concludedLimit = scope.topics().limits().topic(TopicRole.CONCLUDED);
        this.profilesLimit = scope.topics().limits().topic(TopicRole.PROFILES);
        this.counters = scope.counters();
        this.concludedWriter = new ConcludedWriter(scope.settings().input().format());
        this.profileWriter = new ProfileWriter();
        this.rows = SessionRowPublisher.of(context, scope);
        this.clock = clock;
        this.now = scope.now();
    }

    /**
     * The user is erased: deletes the profile, and the rows of the sessions.
     *
     * @param remembered the user's sessions that were remembered until then
     */
    void publishErasure(byte[] user, Timeline remembered) {
        publishProfile(user, null, now.wallMs());
        rows.ifPresent(table -> table.publishErasure(user, remembered));
    }

    void publish(byte[] user, TimelineChange change) {
        for (Conclusion conclusion : change.conclusions()) {
            publishConclusion(user, conclusion);
            rows.ifPresent(table -> table.publish(user, conclusion));
            count(conclusion);
        }
        change.profile().ifPresent(session -> publishProfile(user, profileWriter.write(user, session), session.end()));
    }

    private void count(Conclusion conclusion) {
        if (conclusion.mergedInto().isPresent()) {
            counters.count(Count.SESSIONS_MERGED);
            return;
        }
        switch (clock.source()) {
            case EVENT_TIME -> counters.count(Count.SESSIONS_CONCLUDED_BY_EVENT_TIME);
            case WALL_CLOCK -> counters.count(Count.SESSIONS_CONCLUDED_BY_WALL_CLOCK);
        }
    }

    private void publishConclusion(byte[] user, Conclusion conclusion) {
        byte[] value = concludedWriter.write(user, conclusion);
        long time = concludedLimit.get().timestamp(conclusion.session().end(), now.wallMs());
        Headers headers = new RecordHeaders().add(SEGMENTS_HEADER, FALSE);
        concludedWriter.headers(user, conclusion).forEach(header -> headers.add(header.name(), header.value()));
        context.forward(new Record<>(user, value, time, headers), NodeNames.CONCLUDED_SINK);
    }

    private void publishProfile(byte[] user, byte[] value, long time) {
        long timestamp = profilesLimit.get().timestamp(time, now.wallMs());
        context.forward(new Record<>(user, value, timestamp), NodeNames.PROFILES_SINK);
    }
}
