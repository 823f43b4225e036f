package io.sessionizer.bench.load;

import io.sessionizer.bench.load.EventText.EventKind;
import io.sessionizer.bench.process.BenchBroker;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends the same sort of traffic at an even pace, {@value #FASTER} times faster than life: pauses of minutes
 * last seconds, so that many sessions end in a minute. Each event's time, and its record's, is the moment when it is
 * to be sent; a late producer is therefore visible in the measured latency. Ends when closed.
 */
public final class LoadPacer implements AutoCloseable {
    /** How many times faster than life. */
    public static final int FASTER = 120;

    private static final double SESSIONS_A_DAY = 3;
    private static final long DAY_MS = 86_400_000;
    private static final int TEMPLATES = 1024;
    private static final long TICK_NANOS = 1_000_000;

    private final EventTemplate[][] templates = new EventTemplate[EventKind.values().length][TEMPLATES];
    private final KafkaProducer<byte[], byte[]> producer;
    private final String topic;
    private final LoadGenerator load;
    private final Thread thread = new Thread(this::run, "pacer");
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private volatile long sent;
    private volatile long longestDelayMs;
    private volatile boolean isClosed;

    private LoadPacer(BenchBroker bed, String topic, LoadShape shape) {
        this.topic = topic;
        this.load = new LoadGenerator(shape);
        for (EventKind kind : EventKind.values()) {
            for (int i = 0; i < TEMPLATES; i++) {
                templates[kind.ordinal()][i] = EventTemplate.of(i, kind);
            }
        }
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bed.servers(), "compression.type", "lz4", "batch.size", "65536"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /**
     * Begins to send.
     *
     * @param perSecond events a second
     * @param seconds it lasts at least so long
     */
    public static LoadPacer start(BenchBroker bed, String topic, double perSecond, int seconds) {
        double perLifeMs = perSecond / FASTER / 1000;
        int users = (int) Math.max(1000, perLifeMs * DAY_MS / SESSIONS_A_DAY / LoadGenerator.MEAN_LENGTH);
        long spanMs = 2L * seconds * 1000 * FASTER;
        LoadShape shape = new LoadShape(1, users, (int) (perLifeMs * spanMs), 0, spanMs, 0, false);
        LoadPacer pacer = new LoadPacer(bed, topic, shape);
        pacer.thread.start();
        return pacer;
    }

    /** How many events have been sent so far. */
    public long sent() {
        if (failure.get() != null) {
            throw new IllegalStateException("the broker must take every event", failure.get());
        }
        return sent;
    }

    /** By how much an event was sent later than the pace wants, at most since the last {@link #forgetDelays}, in ms. */
    public long longestDelayMs() {
        return longestDelayMs;
    }

    public void forgetDelays() {
        longestDelayMs = 0;
    }

    private void run() {
        long started = System.currentTimeMillis();
        while (!isClosed && load.hasNext()) {
            LoadGenerator.LoadEvent event = load.next();
            long at = started + event.arrivalMs() / FASTER;
            while (at > System.currentTimeMillis() && !isClosed) {
                LockSupport.parkNanos(TICK_NANOS);
            }
            longestDelayMs = Math.max(longestDelayMs, System.currentTimeMillis() - at);
            byte[] user = event.userName().getBytes(StandardCharsets.US_ASCII);
            byte[] value = templates[event.kind().ordinal()][event.number() % TEMPLATES].filled(user, at);
            producer.send(new ProducerRecord<>(topic, null, at, user, value), (metadata, failed) -> {
                if (failed != null) {
                    failure.compareAndSet(null, failed);
                }
            });
            sent++;
        }
    }

    @Override
    public void close() {
        isClosed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        producer.close();
    }

    /** An event whose user and time are yet to be filled in, at offsets. */
    private record EventTemplate(byte[] bytes, int userAt, int timeAt) {
        /** Of as many digits as the present has in epoch ms. */
        private static final long ANY_TIME = 1_000_000_000_000L;

        static EventTemplate of(int number, EventKind kind) {
            String text = EventText.of(number, LoadGenerator.name(0), kind, ANY_TIME);
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            // both are before the first character that is not ASCII
            return new EventTemplate(bytes, text.indexOf(LoadGenerator.name(0)), text.indexOf(Long.toString(ANY_TIME)));
        }

        byte[] filled(byte[] user, long time) {
            byte[] value = bytes.clone();
            System.arraycopy(user, 0, value, userAt, user.length);
            long rest = time;
            for (int at = timeAt + 12; at >= timeAt; at--) {
                value[at] = (byte) ('0' + rest % 10);
                rest /= 10;
            }
            return value;
        }
    }
}
