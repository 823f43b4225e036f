package io.sessionizer.quickstart.traffic;

import io.sessionizer.quickstart.QuickstartOptions;
import java.io.IOException;
import java.util.Collections;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;

/** What is fed to the service: the samples, or the user's own events. */
public sealed interface TrafficSource extends AutoCloseable {
    /** As the screen calls it. */
    String name();

    /** What has happened up to now. */
    Iterator<SampleRecord> history();

    /** What happens from then on: has a next record when it is time for it, and may have one again later. */
    Iterator<SampleRecord> live();

    /** What the screen says of {@link #live}: a sentence. */
    String liveDescription();

    /** Left out of {@link #history} so far, since no broker takes it. */
    long skipped();

    @Override
    void close() throws IOException;

    /**
     * @param now where the samples' history ends, in epoch ms
     * @throws IOException with one line for the user, if his file cannot be read
     */
    static TrafficSource of(QuickstartOptions options, long now) throws IOException {
        return options.events().isPresent()
                ? new FileSource(
                        options.events().get().toString(),
                        EventsFile.open(options.events().get()))
                : new SampleSource(now);
    }

    /** A month of a shop's visitors. */
    final class SampleSource implements TrafficSource {
        private static final int DAYS = 30;
        private static final int USERS = 2500;
        private static final long SEED = 42;

        private final SampleTraffic samples;
        private final long now;

        SampleSource(long now) {
            this.now = now;
            this.samples = new SampleTraffic(SEED, USERS, now - TimeUnit.DAYS.toMillis(DAYS), now);
        }

        @Override
        public String name() {
            return DAYS + " days of a sample shop";
        }

        @Override
        public Iterator<SampleRecord> history() {
            return samples.upTo(() -> now);
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
            return "More events may be sent to the events topic by any Kafka client.";
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
