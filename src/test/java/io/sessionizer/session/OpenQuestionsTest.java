package io.sessionizer.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class OpenQuestionsTest {
    private final OpenQuestions questions = new OpenQuestions();

    @Test
    void isPassedOnceEverythingBeforeTheEndWasProcessed() {
        questions.add(asked(1, 100));
        assertEquals(Optional.empty(), questions.pass(99));
        assertEquals(Optional.of(asked(1, 100)), questions.pass(100));
        assertEquals(Optional.empty(), questions.pass(100));
    }

    /** A transaction is open for 10 s: the questions asked meanwhile wait, and are passed when it ends. */
    @Test
    void keepsQuestionsUntilTheyArePassed() {
        for (int second = 0; second < 10; second++) {
            questions.add(asked(second, 100 + second));
        }
        assertEquals(Optional.empty(), questions.pass(99));
        assertEquals(Optional.of(asked(4, 104)), questions.pass(104));
        assertEquals(Optional.of(asked(9, 109)), questions.pass(200));
    }

    /** A transaction that never ends must not fill the memory. */
    @Test
    void keepsOnlyTheLatestOfThoseWithTheSameEnd() {
        for (int second = 0; second < 3_600; second++) {
            questions.add(asked(second, 100));
        }
        questions.add(asked(7, 100));
        assertEquals(1, questions.size());
        assertEquals(Optional.of(asked(3_599, 100)), questions.pass(100));
    }

    @Test
    void keepsABoundedNumber_theLatestInAnyCase() {
        for (int second = 0; second < 100_000; second++) {
            questions.add(asked(second, second));
            assertTrue(questions.size() <= OpenQuestions.MAX_SIZE);
        }
        assertEquals(Optional.of(asked(99_999, 99_999)), questions.pass(99_999));
    }

    @Test
    void keepsTheFirstAndTheLatest_whenOthersAreDropped() {
        for (int second = 0; second <= OpenQuestions.MAX_SIZE; second++) {
            questions.add(asked(second, second));
        }
        assertEquals(1 + OpenQuestions.MAX_SIZE / 2, questions.size());
        assertEquals(Optional.of(asked(0, 0)), questions.pass(0));
        assertEquals(
                Optional.of(asked(OpenQuestions.MAX_SIZE, OpenQuestions.MAX_SIZE)),
                questions.pass(OpenQuestions.MAX_SIZE));
    }

    @Test
    void takesAnswersInAnyOrder() {
        questions.add(asked(2, 200));
        questions.add(asked(1, 100));
        assertEquals(Optional.of(asked(1, 100)), questions.pass(150));
        questions.add(asked(1, 300));
        assertEquals(Optional.of(asked(2, 200)), questions.pass(250));
    }

    @RepeatedTest(200)
    void passesTheLatestQuestionThatIsPassed(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        List<LogEnd> open = new ArrayList<>();
        long latestMs = -1;
        long processed = 0;
        for (int step = 0; step < 60; step++) {
            LogEnd answer = asked(random.nextInt(60), random.nextInt(40));
            questions.add(answer);
            open.add(answer);
            processed += random.nextInt(2);
            long now = processed;
            Optional<LogEnd> expected = open.stream()
                    .filter(each -> each.endOffset() <= now)
                    .max(Comparator.comparingLong(LogEnd::askedAtNanos));
            open.removeIf(each -> each.endOffset() <= now);
            Optional<LogEnd> passed = questions.pass(processed);
            // one that is later than a question passed before is all that the clock needs
            latestMs = Math.max(latestMs, passed.map(LogEnd::askedAtMs).orElse(-1L));
            long expectedMs = expected.map(LogEnd::askedAtMs).orElse(-1L);
            assertTrue(latestMs >= expectedMs, "seed " + repetition.getCurrentRepetition());
            passed.ifPresent(each -> assertTrue(each.endOffset() <= now));
        }
    }

    private static LogEnd asked(int second, long end) {
        return new LogEnd(second * 1_000L, second * 1_000_000_000L, end);
    }
}
