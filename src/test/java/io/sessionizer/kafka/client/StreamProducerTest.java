package io.sessionizer.kafka.client;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionAbortableException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StreamProducerTest {
    /** As Kafka 4.4.0 writes it. */
    private static final String UNACKNOWLEDGED =
            "The client hasn't received acknowledgment for some previously sent messages and can no longer retry them. It is"
                    + " safe to abort the transaction and continue.";

    static Stream<KafkaException> onlyToBeAborted() {
        return Stream.of(
                new InvalidTxnStateException("ended"),
                new TransactionAbortableException("expired"),
                new KafkaException(UNACKNOWLEDGED));
    }

    static Stream<KafkaException> others() {
        return Stream.of(
                new TimeoutException("later"),
                new RecordTooLargeException("too large"),
                new TopicAuthorizationException("refused"),
                new KafkaException("anything"),
                new KafkaException((String) null));
    }

    @ParameterizedTest
    @MethodSource("onlyToBeAborted")
    void isReportedAsFenced_asTheReasonAndWithinThatOfALaterCall(KafkaException reason) {
        assertInstanceOf(ProducerFencedException.class, StreamProducer.fencedIfEnded(reason));
        assertInstanceOf(
                ProducerFencedException.class,
                StreamProducer.fencedIfEnded(new KafkaException("we are in an error state", reason)));
    }

    @ParameterizedTest
    @MethodSource("others")
    void anyOtherFailureStaysWhatItIs(KafkaException failure) {
        assertSame(failure, StreamProducer.fencedIfEnded(failure));
        KafkaException wrapped = new KafkaException("we are in an error state", failure);
        assertSame(wrapped, StreamProducer.fencedIfEnded(wrapped));
    }
}
