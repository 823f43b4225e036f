package io.sessionizer.bench.scenario;

import io.sessionizer.bench.load.EventText;
import io.sessionizer.bench.load.LoadGenerator;
import io.sessionizer.bench.load.LoadShape;
import io.sessionizer.bench.load.TrueSessions;
import io.sessionizer.bench.process.BenchBroker;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A topic that is filled before anything is measured, and the expected sessions. After the traffic there is one event in each
 * partition that is so much later that all sessions before are over.
 *
 * @param records how many records there are, those at the end included
 */
record InputBacklog(String topic, LoadShape shape, int partitions, long records, TrueSessions sessions) {
    /** How the users of the events at the end are called; their sessions never end. */
    static final String CLOSING = "closing-";

    private static final int CLOSING_NUMBER = 1_000_000_000;

    /**
     * Makes the traffic and writes it.
     *
     * @param gapMs inactivity gap
     * @param closingMs how long after the traffic's last arrival the closing events happen
     */
    static InputBacklog fill(BenchBroker bed, String topic, LoadShape shape, BacklogSpec filling) {
        bed.create(List.of(topic), filling.partitions());
        AtomicReference<Exception> failure = new AtomicReference<>();
        long lastArrival = 0;
        try (KafkaProducer<byte[], byte[]> producer = producer(bed)) {
            for (LoadGenerator load = new LoadGenerator(shape); load.hasNext(); ) {
                LoadGenerator.LoadEvent event = load.next();
                lastArrival = event.arrivalMs();
                String value = EventText.of(event.number(), event.userName(), event.kind(), event.timeMs() / 1000);
                producer.send(
                        new ProducerRecord<>(topic, null, event.arrivalMs(), bytes(event.userName()), bytes(value)),
                        (sent, failed) -> failure.compareAndSet(null, failed));
            }
            long closing = (lastArrival + filling.closingMs()) / 1000 * 1000;
            if (closing > System.currentTimeMillis()) {
                throw new IllegalStateException("the traffic: must end before now. Found: " + closing);
            }
            for (int partition = 0; partition < filling.partitions(); partition++) {
                String user = CLOSING + partition;
                String value = EventText.of(CLOSING_NUMBER, user, EventText.EventKind.COUNTED, closing / 1000);
                producer.send(
                        new ProducerRecord<>(topic, partition, closing, bytes(user), bytes(value)),
                        (sent, failed) -> failure.compareAndSet(null, failed));
            }
        }
        if (failure.get() != null) {
            throw new IllegalStateException("the broker must take all of the traffic", failure.get());
        }
        long records = (long) shape.total() + filling.partitions();
        return new InputBacklog(topic, shape, filling.partitions(), records, TrueSessions.of(shape, filling.gapMs()));
    }

    /**
     * How a topic is filled.
     *
     * @param gapMs inactivity gap, in ms
     * @param closingMs how long after the traffic's last arrival the events at the end happen, in ms
     */
    record BacklogSpec(int partitions, long gapMs, long closingMs) {}

    /** A producer for much at once. */
    static KafkaProducer<byte[], byte[]> producer(BenchBroker bed) {
        return new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers", bed.servers(),
                        "compression.type", "lz4",
                        "batch.size", "262144",
                        "linger.ms", "20",
                        "buffer.memory", "134217728"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
