package io.sessionizer.quickstart.traffic;

import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Collections;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The input of the service: the samples, or the user's own events. */
public sealed interface TrafficSource extends AutoCloseable {
    /** The name for display. */
    String name();

    /** The records up to now. */
    Iterator<SampleRecord> history();

    /** The records from now on. It has a next record when one is due, and may have more later. */
    Iterator<SampleRecord> live();

    /** A sentence that describes {@link #live}. */
    String liveDescription();

    /** Number of records of {@link #history} skipped so far, since they exceed the broker's limit. */
    long skipped();

    @Override
    void close() throws IOException;

    /**
     * @param events the file with the user's own events; empty for the sample traffic
     * @param nowMs the end of the sample history, in epoch ms
     * @throws IOException with one line for the user, if the file cannot be read
     */
    static TrafficSource of(Optional<Path> events, long nowMs) throws IOException {
        return events.isPresent()
                ? new FileSource(events.get().toString(), EventsFile.open(events.get()))
                : new SampleSource(nowMs);
    }

    /** A month of a shop's visitors, who live in the time zone of this machine. */
    final class SampleSource implements TrafficSource {
        private static final int DAYS = 30;
        private static final int USERS = 2500;
        private static final long SEED = 42;

        private final SampleTraffic samples;
        private final long nowMs;

        SampleSource(long nowMs) {
            this.nowMs = nowMs;
            this.samples = new SampleTraffic(
                    SEED,
                    USERS,
                    nowMs - TimeUnit.DAYS.toMillis(DAYS),
                    new TrafficPattern(ZoneId.systemDefault(), nowMs));
        }

        @Override
        public String name() {
            return DAYS + " days of a sample shop";
        }

        @Override
        public Iterator<SampleRecord> history() {
            return samples.upTo(() -> nowMs);
        }

        @Override
        public Iterator<SampleRecord> live() {
            return samples.upTo(System::currentTimeMillis);
        }

        @Override
        public String liveDescription() {
            return "The shop stays open, and its visitors keep coming.";
        }

        @Override
        public long skipped() {
            return 0;
        }

        @Override
        public void close() {}
    }

    /** The user's own events. */
    record FileSource(String name, EventsFile file) implements TrafficSource {
        @Override
        public Iterator<SampleRecord> history() {
            return file;
        }

        @Override
        public Iterator<SampleRecord> live() {
            return Collections.emptyIterator();
        }

        @Override
        public String liveDescription() {
            return "Any Kafka client may send more events to the events topic.";
        }

        @Override
        public long skipped() {
            return file.tooLong();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
