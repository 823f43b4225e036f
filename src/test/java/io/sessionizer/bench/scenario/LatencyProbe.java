package io.sessionizer.bench.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/**
 * Sends events one after the other, 1,000 a second, and takes down how long each waits for its stamp, with a reader and a
 * thread of its own, so that nothing else that is read holds it up. Ends when closed.
 */
final class LatencyProbe implements AutoCloseable {
    private static final long EVERY_MS = 1;

    private final KafkaConsumer<byte[], byte[]> reader;
    private final IntConsumer sender;
    private final List<Double> waits = new ArrayList<>();
    private final CountDownLatch startSignal = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "new-events");
    private volatile RuntimeException failure;
    private volatile boolean isClosed;

    private LatencyProbe(KafkaConsumer<byte[], byte[]> reader, IntConsumer sender) {
        this.reader = reader;
        this.sender = sender;
    }

    /**
     * Gets ready; {@link #startSignal} begins.
     *
     * @param reader of the enriched topic, which is closed in the end
     * @param sender sends an event of this number, which happens now
     */
    static LatencyProbe start(KafkaConsumer<byte[], byte[]> reader, IntConsumer sender) {
        LatencyProbe events = new LatencyProbe(reader, sender);
        events.thread.start();
        return events;
    }

    void begin() {
        startSignal.countDown();
    }

    void requireHealthy() {
        if (failure != null) {
            throw new IllegalStateException("new events: must be sent and read", failure);
        }
    }

    /** How long each of those that came back has waited, in ms. Closes it first. */
    List<Double> waits() {
        close();
        return waits;
    }

    private void run() {
        try (reader) {
            startSignal.await();
            reader.seekToEnd(reader.assignment());
            reader.assignment().forEach(reader::position);
            long next = System.currentTimeMillis();
            for (int number = 0; !isClosed; ) {
                for (; next <= System.currentTimeMillis(); next += EVERY_MS) {
                    sender.accept(number++);
                }
                var records = reader.poll(Duration.ofMillis(10));
                for (ConsumerRecord<byte[], byte[]> record : records) {
                    waits.add((double) System.currentTimeMillis() - record.timestamp());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    @Override
    public void close() {
        isClosed = true;
        startSignal.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
