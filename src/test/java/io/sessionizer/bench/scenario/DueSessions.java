package io.sessionizer.bench.scenario;

import io.sessionizer.bench.BenchOptions;
import io.sessionizer.bench.Spread;
import io.sessionizer.bench.load.EventText;
import io.sessionizer.bench.load.EventText.EventKind;
import io.sessionizer.bench.load.LoadGenerator;
import io.sessionizer.bench.process.BenchBroker;
import io.sessionizer.bench.process.BenchInstance;
import io.sessionizer.bench.process.BenchRunner;
import io.sessionizer.bench.process.ScratchDirectory;
import io.sessionizer.guarantee.support.PollingWait;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * How fast sessions are concluded that are due all at once, as many as there are users, and how long new events wait for
 * their stamps meanwhile; both as a read-committed reader sees it.
 */
public final class DueSessions {
    private static final long MINUTE = 60_000;
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final List<String> EACH = List.of("--users=1000000", "--rounds=3");

    private final BenchBroker bed;
    private final BenchOptions options;
    private final String topic;
    private final List<Double> waits = new ArrayList<>();

    private DueSessions(BenchBroker bed, BenchOptions options, String topic) {
        this.bed = bed;
        this.options = options;
        this.topic = topic;
    }

    /** @param arguments options that beat those chosen here */
    public static void run(List<String> arguments) throws IOException {
        List<String> all = new ArrayList<>(EACH);
        all.addAll(arguments);
        BenchOptions options = BenchOptions.parse(all);
        Path logs = options.output().resolve("logs");
        double[] speeds = new double[options.rounds()];
        double[] longestWaits = new double[options.rounds()];
        try (ScratchDirectory scratch = ScratchDirectory.in(options.output());
                BenchBroker bed = BenchBroker.start(scratch.path().resolve("broker"), logs.resolve("broker.log"))) {
            BenchInstance.RunnerEnvironment place =
                    new BenchInstance.RunnerEnvironment(scratch.path(), logs, options.heap(), options.before());
            for (int round = 0; round < options.rounds(); round++) {
                String application = "due-" + (round + 1);
                DueSessions due = new DueSessions(bed, options, application + "-events");
                speeds[round] = due.perSecond(application, place);
                Spread waits =
                        Spread.of(due.waits.stream().mapToDouble(wait -> wait).toArray());
                longestWaits[round] = waits.most();
                System.out.printf(
                        Locale.ROOT,
                        "round %d: %,.0f sessions/s; new events waited for %.0f ms at p50, %.0f ms at most%n",
                        round + 1,
                        speeds[round],
                        waits.median(),
                        waits.most());
            }
        }
        Spread speed = Spread.of(speeds);
        String table = String.format(
                Locale.ROOT,
                "| %,d sessions due at once | |%n| --- | ---: |%n| concluded a second | %,.0f (%,.0f–%,.0f) |%n"
                        + "| longest wait of a new event for its stamp, ms | %,.0f |%n",
                options.users(),
                speed.median(),
                speed.least(),
                speed.most(),
                Spread.of(longestWaits).most());
        Files.writeString(options.output().resolve("due.md"), table);
        System.out.println(table);
    }

    private double perSecond(String application, BenchInstance.RunnerEnvironment place) throws IOException {
        bed.create(List.of(topic), options.partitions());
        Map<String, String> settings = new HashMap<>(options.settings());
        // the new events alone move the clocks
        settings.put("idle.after.ms", "3600000");
        BenchInstance.RunnerJob job =
                new BenchInstance.RunnerJob(BenchRunner.SESSIONIZER, application, topic, 0, settings);
        try (KafkaProducer<byte[], byte[]> producer = InputBacklog.producer(bed)) {
            long now = System.currentTimeMillis() / 1000 * 1000;
            // those of the first two hours are due all at once, too, and warm the service up
            sendSessions(producer, now - 180 * MINUTE);
            sendSessions(producer, now - 120 * MINUTE);
            sendSessions(producer, now - 60 * MINUTE);
            try (BenchInstance instance = BenchInstance.start(bed, job, options.partitions(), place);
                    var reader = reader(instance.concluded());
                    LatencyProbe newEvents =
                            LatencyProbe.start(reader(instance.enriched()), event -> sendNew(producer, event))) {
                instance.awaitDone(3L * options.users());
                PollingWait.until("earlier sessions are concluded", PATIENCE, () -> {
                    instance.process().requireAlive();
                    return readable(reader) >= 2L * options.users();
                });
                reader.seekToEnd(reader.assignment());
                reader.assignment().forEach(reader::position);
                double perSecond = awaitConcluded(instance, reader, newEvents);
                waits.addAll(newEvents.waits());
                return perSecond;
            }
        }
    }

    /** One event of each user, all within ten minutes from {@code first} on, so that none of these is due yet. */
    private void sendSessions(KafkaProducer<byte[], byte[]> producer, long first) {
        for (int user = 0; user < options.users(); user++) {
            send(producer, LoadGenerator.name(user), user, first + 10 * MINUTE * user / options.users());
        }
        producer.flush();
    }

    private void send(KafkaProducer<byte[], byte[]> producer, String user, int number, long time) {
        byte[] value = EventText.of(number, user, EventKind.COUNTED, time).getBytes(StandardCharsets.UTF_8);
        producer.send(new ProducerRecord<>(
                topic, number % options.partitions(), time, user.getBytes(StandardCharsets.UTF_8), value));
    }

    private void sendNew(KafkaProducer<byte[], byte[]> producer, int number) {
        send(producer, "new-" + number, number, System.currentTimeMillis());
    }

    private KafkaConsumer<byte[], byte[]> reader(String output) {
        List<TopicPartition> read = new ArrayList<>();
        for (int partition = 0; partition < options.partitions(); partition++) {
            read.add(new TopicPartition(output, partition));
        }
        return bed.reader(read, Map.of("max.poll.records", "20000"));
    }

    /**
     * The first new event of each partition makes all of its sessions due. How many are concluded a second, by the offsets
     * up to which a read-committed reader may read: to read them all meanwhile would take from the service what it is
     * measured by. The few markers of transactions among them do not count.
     */
    private double awaitConcluded(
            BenchInstance instance, KafkaConsumer<byte[], byte[]> reader, LatencyProbe newEvents) {
        long before = readable(reader);
        newEvents.begin();
        long started = System.currentTimeMillis();
        PollingWait.until("sessions are concluded", PATIENCE, () -> {
            instance.process().requireAlive();
            newEvents.requireHealthy();
            return readable(reader) - before >= options.users();
        });
        double perSecond = options.users() * 1000.0 / (System.currentTimeMillis() - started);
        int[] read = {0};
        PollingWait.until("each session is told", PATIENCE, () -> {
            read[0] += reader.poll(Duration.ofMillis(100)).count();
            return read[0] >= options.users();
        });
        return perSecond;
    }

    private static long readable(KafkaConsumer<byte[], byte[]> reader) {
        return reader.endOffsets(reader.assignment()).values().stream()
                .mapToLong(end -> end)
                .sum();
    }
}
