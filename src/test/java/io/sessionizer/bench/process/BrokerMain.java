package io.sessionizer.bench.process;

import io.sessionizer.quickstart.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** A broker in a JVM of its own. Prints its address, and ends with its standard input. */
final class BrokerMain {
    static final String IS_AT = "broker at ";

    private static final Map<String, String> SETTINGS = Map.of(
            // what a changelog holds is counted when the run is over: nothing of it may be gone by then
            "log.cleaner.backoff.ms", "86400000",
            "log.retention.check.interval.ms", "86400000",
            // what a round wrote is off the disk before the next
            "file.delete.delay.ms", "1000",
            "log.segment.delete.delay.ms", "1000");

    private BrokerMain() {}

    public static void main(String[] arguments) throws IOException {
        try (EmbeddedBroker broker = EmbeddedBroker.start(Path.of(arguments[0]), 0, SETTINGS)) {
            System.out.println(IS_AT + broker.bootstrapServers());
            while (System.in.read() >= 0) {
                // the parent process sends nothing; it lives as long as this stream is open
            }
        }
        System.exit(0);
    }
}
