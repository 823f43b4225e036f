package io.sessionizer.kafka.input;

import io.sessionizer.session.LogEnd;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/**
 * Requests the end offsets of the logs that tasks watch, and passes the answers to their watches. Thread-safe; never
 * blocks.
 */
public final class LogEnds {
    private final Leaders leaders;
    private final Set<LogWatch> watches = ConcurrentHashMap.newKeySet();

    /** @param leaders the leaders to ask */
    public LogEnds(Leaders leaders) {
        this.leaders = leaders;
    }

    /** The leaders of partitions. */
    public interface Leaders {
        /**
         * Asks them for the ends of the logs; does not wait.
         *
         * @param answers receives the high watermark of each partition whose leader answers, on any thread
         */
        void ask(Set<TopicPartition> partitions, BiConsumer<TopicPartition, Long> answers);
    }

    /** Begins to watch a partition for one task. */
    public LogWatch watch(TopicPartition partition) {
        LogWatch watch = new LogWatch(partition);
        watches.add(watch);
        return watch;
    }

    /**
     * Asks once for all watched partitions.
     *
     * @param wallMs the wall clock now, epoch ms
     * @param nanos elapsed time now, in ns
     */
    public void ask(long wallMs, long nanos) {
        Map<LogWatch, Long> positions = watches.stream().collect(Collectors.toMap(each -> each, LogWatch::position));
        if (positions.isEmpty()) {
            return;
        }
        Set<TopicPartition> partitions =
                positions.keySet().stream().map(LogWatch::partition).collect(Collectors.toSet());
        leaders.ask(
                partitions,
                (partition, end) -> positions.forEach((watch, position) -> {
                    // an end before the position belongs to a truncated log, or to another topic of that name
                    if (watch.partition.equals(partition) && end >= position) {
                        watch.answers.add(new LogEnd(wallMs, nanos, end));
                    }
                }));
    }

    /** One task's watch on a partition: answers to questions that were asked before it belong to other tasks. */
    public final class LogWatch implements AutoCloseable {
        private final TopicPartition partition;
        private final Queue<LogEnd> answers = new ConcurrentLinkedQueue<>();
        /** Unknown at first, so that no end counts. */
        private volatile long position = Long.MAX_VALUE;

        private LogWatch(TopicPartition partition) {
            this.partition = partition;
        }

        private TopicPartition partition() {
            return partition;
        }

        private long position() {
            return position;
        }

        /** The consumer's position now, for questions that are asked from now on. */
        void position(long now) {
            position = now;
        }

        /** Takes the answers that have come in. */
        void take(Consumer<LogEnd> receiver) {
            for (LogEnd answer = answers.poll(); answer != null; answer = answers.poll()) {
                receiver.accept(answer);
            }
        }

        @Override
        public void close() {
            watches.remove(this);
        }
    }
}
