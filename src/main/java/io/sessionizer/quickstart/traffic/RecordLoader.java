package io.sessionizer.quickstart.traffic;

import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends records to the events topic as fast as the broker accepts them. */
public final class RecordLoader implements AutoCloseable {
    private static final int BATCH = 2000;

    private final KafkaProducer<byte[], byte[]> producer;
    private final String topic;
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private long sent;

    public RecordLoader(String bootstrapServers, String topic) {
        this.topic = topic;
        Map<String, Object> config = Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "compression.type",
                "lz4",
                "batch.size",
                256 << 10,
                "linger.ms",
                20);
        this.producer = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Sends a bounded batch, so that the caller can do other work in between. */
    public void sendBatch(Iterator<SampleRecord> samples) {
        for (int i = 0; i < BATCH && samples.hasNext(); i++) {
            SampleRecord sample = samples.next();
            var data = new ProducerRecord<>(topic, null, sample.arrival(), sample.key(), sample.value());
            producer.send(data, (metadata, failed) -> {
                if (failed != null) {
                    failure.compareAndSet(null, failed);
                }
            });
            sent++;
        }
        if (failure.get() != null) {
            throw new IllegalStateException(
                    "the broker refused an event: " + failure.get().getMessage());
        }
    }

    /** Waits until the broker has acknowledged all records. */
    public void flush() {
        producer.flush();
    }

    public long sent() {
        return sent;
    }

    @Override
    public void close() {
        producer.close();
    }
}
