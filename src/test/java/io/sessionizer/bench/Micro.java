package io.sessionizer.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The micro-benchmarks, as JMH runs them, with what an operation allocates. */
final class Micro {
    private static final Path RESULTS = Path.of("target", "bench", "micro.json");

    private Micro() {}

    /** @param options of JMH's own command line, on top of the ones here */
    static void run(List<String> options) throws Exception {
        Files.createDirectories(RESULTS.getParent());
        List<String> all = new ArrayList<>(options);
        // two processes of five rounds of a second each tell apart what matters here
        all.addAll(List.of("-prof", "gc", "-rf", "json", "-rff", RESULTS.toString()));
        org.openjdk.jmh.Main.main(all.toArray(String[]::new));
    }
}
