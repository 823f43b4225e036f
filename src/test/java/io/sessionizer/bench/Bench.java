package io.sessionizer.bench;

import io.sessionizer.bench.micro.MicroBenchmarks;
import io.sessionizer.bench.scenario.CostGrowth;
import io.sessionizer.bench.scenario.DueSessions;
import io.sessionizer.bench.scenario.EndToEnd;
import io.sessionizer.bench.scenario.StateRestore;
import java.util.List;

/** The command line of the benchmarks, as {@link BenchOptions#USAGE} tells it. */
public final class Bench {
    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        List<String> given = List.of(arguments);
        String command = given.isEmpty() ? "" : given.get(0);
        try {
            switch (command) {
                case "--help" -> System.out.print(BenchOptions.USAGE);
                case "micro" -> MicroBenchmarks.run(given.subList(1, given.size()));
                case "growth" -> CostGrowth.run(given.subList(1, given.size()));
                case "restore" -> StateRestore.run(given.subList(1, given.size()));
                case "due" -> DueSessions.run(given.subList(1, given.size()));
                default -> EndToEnd.run(BenchOptions.parse(given));
            }
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
        // a client's stray thread must not keep the process
        System.exit(0);
    }
}
