package io.sessionizer.kafka.control;

import io.sessionizer.kafka.config.Failure;
import io.sessionizer.kafka.config.NotAuthorizedException;
import io.sessionizer.kafka.config.UnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes individual records synchronously. Thread-safe. */
final class RecordWriter implements AutoCloseable {
    /** Timeout for fetching metadata, and again for sending the record. */
    private static final int PHASE_TIMEOUT_MS = 5_000;

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

    private final Producer<byte[], byte[]> producer;

    /** @param config of a Kafka Streams producer, for the connection settings */
    RecordWriter(Map<String, Object> config) {
        config.remove(ProducerConfig.TRANSACTIONAL_ID_CONFIG);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        config.put(ProducerConfig.RETRIES_CONFIG, Integer.MAX_VALUE);
        config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, PHASE_TIMEOUT_MS);
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, PHASE_TIMEOUT_MS);
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, PHASE_TIMEOUT_MS);
        producer = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /**
     * Returns when all in-sync replicas have the record, within 10 s.
     *
     * @throws UnavailableException if that is not confirmed; the record may have been written nevertheless
     * @throws NotAuthorizedException if the right to write the topic is missing
     */
    RecordMetadata write(ProducerRecord<byte[], byte[]> record) throws UnavailableException {
        return confirmed(record, send(record));
    }

    /** Like {@link #write} for each record, all within the time limit of one. */
    void writeAll(List<ProducerRecord<byte[], byte[]>> records) throws UnavailableException {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (ProducerRecord<byte[], byte[]> record : records) {
            sent.add(send(record));
        }
        for (int i = 0; i < sent.size(); i++) {
            confirmed(records.get(i), sent.get(i));
        }
    }

    private Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record) throws UnavailableException {
        try {
            return producer.send(record);
        } catch (KafkaException | IllegalStateException e) {
            throw notWritten(record, e);
        }
    }

    private static RecordMetadata confirmed(ProducerRecord<byte[], byte[]> record, Future<RecordMetadata> sent)
            throws UnavailableException {
        try {
            return sent.get();
        } catch (ExecutionException e) {
            throw notWritten(record, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw notWritten(record, e);
        }
    }

    private static UnavailableException notWritten(ProducerRecord<byte[], byte[]> record, Throwable cause) {
        if (cause instanceof AuthorizationException) {
            throw new NotAuthorizedException(
                    "The service is not authorized: it needs Write on topic " + record.topic() + ".");
        }
        return new UnavailableException(
                "No broker has confirmed the record for topic " + record.topic() + ": " + Failure.inOneLine(cause));
    }

    /** Takes at most a second; unconfirmed writes fail. */
    @Override
    public void close() {
        producer.close(CLOSE_TIMEOUT);
    }
}
