package io.sessionizer.kafka.input;

import io.sessionizer.kafka.client.ReadProgress;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.kafka.common.TopicPartition;

/** Leaders of partitions whose records are all processed at once, so that the consumer is where their logs end. */
public final class FakeLeaders {
    private final LogEnds ends = new LogEnds(this::answers);
    private boolean areAnswering = true;

    /** What a task knows of them. */
    public InputReads reads() {
        return new InputReads(ends, partition -> {}, partition -> Optional.of(new ReadProgress(0, ReadProgress.NONE)));
    }

    /** Asks them; see {@link LogEnds#ask}. */
    public void ask(long wallMs, long nanos) {
        ends.ask(wallMs, nanos);
    }

    /** Whether they answer from now on. */
    public void answer(boolean now) {
        areAnswering = now;
    }

    private void answers(Set<TopicPartition> asked, BiConsumer<TopicPartition, Long> answers) {
        if (areAnswering) {
            asked.forEach(each -> answers.accept(each, 0L));
        }
    }
}
