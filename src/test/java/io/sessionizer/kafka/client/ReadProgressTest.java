package io.sessionizer.kafka.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ReadProgressTest {
    @Test
    void everythingBeforeThePositionIsProcessed_whereNoRecordWaits() {
        assertEquals(1_000, new ReadProgress(1_000, 997).processedBefore(997));
        assertEquals(1_000, new ReadProgress(1_000, ReadProgress.NONE).processedBefore(ReadProgress.NONE));
    }

    @Test
    void recordsThatWereReturnedAndWaitAreNotProcessed() {
        assertEquals(701, new ReadProgress(1_000, 997).processedBefore(700));
    }

    /** As after a task was revived. */
    @Test
    void aRecordThatWasProcessedBeforeNothingWasReturned_isBehindThePosition() {
        assertEquals(900, new ReadProgress(900, ReadProgress.NONE).processedBefore(ReadProgress.NONE));
    }
}
