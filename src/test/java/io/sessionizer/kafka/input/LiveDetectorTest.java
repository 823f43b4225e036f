package io.sessionizer.kafka.input;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.kafka.client.ReadProgress;
import io.sessionizer.session.LogEnd;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class LiveDetectorTest {
    private static final TopicPartition ONE = new TopicPartition("events", 1);
    private static final TopicPartition TWO = new TopicPartition("events", 2);
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Map<TopicPartition, Consumer<Long>> questions = new HashMap<>();
    private final LogEnds ends = new LogEnds(this::askLeaders);
    private Optional<ReadProgress> progress = Optional.of(new ReadProgress(0, ReadProgress.NONE));
    private final List<TopicPartition> begun = new ArrayList<>();
    private long nanos;
    private LiveDetector detector = detector(ONE);

    private void askLeaders(Set<TopicPartition> partitions, BiConsumer<TopicPartition, Long> answers) {
        assertFalse(partitions.isEmpty());
        partitions.forEach(partition -> questions.put(partition, end -> answers.accept(partition, end)));
    }

    private LiveDetector detector(TopicPartition partition) {
        LiveDetector created =
                new LiveDetector(partition, new InputReads(ends, begun::add, each -> progress), () -> nanos);
        created.passed();
        return created;
    }

    private void ask(int second) {
        nanos = second * SECOND;
        ends.ask(second * 1_000L, nanos);
    }

    @Test
    void passesAQuestionOnceItsEndWasProcessed() {
        ask(1);
        questions.get(ONE).accept(5L);
        progress = Optional.of(new ReadProgress(5, 4));
        detector.processed(3);
        assertEquals(Optional.empty(), detector.passed(), "a record waits");
        detector.processed(4);
        assertEquals(Optional.of(new LogEnd(1_000, SECOND, 5)), detector.passed());
        assertEquals(Optional.empty(), detector.passed());
    }

    @Test
    void aQuestionWithoutAnAnswerChangesNothing_andDelaysNoOtherPartition() {
        LiveDetector other = detector(TWO);
        ask(1);
        questions.get(TWO).accept(0L);
        assertEquals(Optional.empty(), detector.passed());
        assertTrue(other.passed().isPresent());
    }

    /** The log was cut, and other records are written at these offsets, which the consumer has not read. */
    @Test
    void anEndBeforeThePositionIsNoAnswer() {
        progress = Optional.of(new ReadProgress(800, ReadProgress.NONE));
        detector.passed();
        ask(1);
        questions.get(ONE).accept(500L);
        assertEquals(Optional.empty(), detector.passed());
    }

    @Test
    void anEndBeforeThePositionThatTheConsumerHasByNow_isAnAnswer() {
        ask(1);
        progress = Optional.of(new ReadProgress(5, ReadProgress.NONE));
        detector.passed();
        questions.get(ONE).accept(3L);
        assertTrue(detector.passed().isPresent());
    }

    @Test
    void noEndIsAnAnswer_whereThePositionWasUnknownWhenItWasAsked() {
        progress = Optional.empty();
        detector.close();
        detector = detector(ONE);
        ask(1);
        questions.get(ONE).accept(0L);
        progress = Optional.of(new ReadProgress(0, ReadProgress.NONE));
        assertEquals(Optional.empty(), detector.passed());
    }

    @Test
    void beginsToProcessThePartition() {
        assertEquals(List.of(ONE), begun);
    }

    @Test
    void anAnswerBelongsToTheTaskThatWasThereWhenTheQuestionWasSent() {
        ask(1);
        Consumer<Long> asked = questions.get(ONE);
        detector.close();
        detector = detector(ONE);
        asked.accept(0L);
        assertEquals(Optional.empty(), detector.passed());
        ask(2);
        questions.get(ONE).accept(0L);
        assertTrue(detector.passed().isPresent());
    }

    @Test
    void asksNothing_whereNothingIsWatched() {
        detector.close();
        ask(1);
        assertTrue(questions.isEmpty());
    }

    @Test
    void passesNothing_whileThePositionIsUnknown() {
        progress = Optional.empty();
        ask(1);
        questions.get(ONE).accept(0L);
        assertEquals(Optional.empty(), detector.passed());
        progress = Optional.of(new ReadProgress(0, ReadProgress.NONE));
        assertTrue(detector.passed().isPresent());
    }

    @Test
    void isQuietOnceNoRecordHasAdvancedTheClockForLong() {
        for (int second = 1; second <= 5; second++) {
            ask(second);
            questions.get(ONE).accept(0L);
            detector.passed();
        }
        assertTrue(detector.isQuietFor(5_000));
        detector.clockAdvanced();
        detector.passed();
        assertFalse(detector.isQuietFor(1));
        for (int second = 6; second <= 10; second++) {
            ask(second);
            questions.get(ONE).accept(0L);
            detector.passed();
        }
        assertTrue(detector.isQuietFor(5_000));
    }

    @Test
    void isStalledOnceNoRecordWasProcessedAndNoQuestionPassedForLong() {
        nanos = 10 * SECOND;
        assertTrue(detector.isStalledFor(10_000));
        detector.processed(1);
        detector.passed();
        assertFalse(detector.isStalledFor(1));
        nanos = 20 * SECOND;
        detector.passed();
        assertTrue(detector.isStalledFor(10_000));
        ask(20);
        questions.get(ONE).accept(0L);
        detector.passed();
        assertFalse(detector.isStalledFor(1));
    }
}
