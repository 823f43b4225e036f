package io.sessionizer.kafka.task;

import io.sessionizer.kafka.config.NodeNames;
import io.sessionizer.kafka.config.TopicRole;
import io.sessionizer.kafka.topics.TopicLimit;
import io.sessionizer.record.SessionRowWriter;
import io.sessionizer.session.Conclusion;
import io.sessionizer.session.Session;
import io.sessionizer.session.Timeline;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Publishes the rows of the sessions table. All records of a session's row are written by one task, in the order of its
 * conclusions.
 */
final class SessionRowPublisher {
    private final ProcessorContext<byte[], byte[]> context;
    private final Supplier<TopicLimit> limit;
    private final Now now;
    private final SessionRowWriter writer = new SessionRowWriter();

    private SessionRowPublisher(ProcessorContext<byte[], byte[]> context, InstanceScope scope) {
        this.context = context;
        this.limit = scope.topics().limits().topic(TopicRole.SESSIONS);
        this.now = scope.now();
    }

    /** Empty if no topic is configured for the table. */
    static Optional<SessionRowPublisher> of(ProcessorContext<byte[], byte[]> context, InstanceScope scope) {
        return scope.settings().topics().has(TopicRole.SESSIONS)
                ? Optional.of(new SessionRowPublisher(context, scope))
                : Optional.empty();
    }

    /** Publishes the row of a concluded session; deletes the row of a session that was merged into another. */
    void publish(byte[] user, Conclusion conclusion) {
        Session session = conclusion.session();
        forward(writer.key(user, session.id()), writer.value(user, conclusion).orElse(null), session.end());
    }

    /**
     * The user is erased: deletes the rows of the remembered sessions, including open ones, which may have concluded
     * before.
     */
    void publishErasure(byte[] user, Timeline remembered) {
        for (Session session : remembered.sessions()) {
            forward(writer.key(user, session.id()), null, now.wallMs());
        }
    }

    private void forward(byte[] key, byte[] value, long time) {
        long timestamp = limit.get().timestamp(time, now.wallMs());
        context.forward(new Record<>(key, value, timestamp), NodeNames.SESSIONS_SINK);
    }
}
