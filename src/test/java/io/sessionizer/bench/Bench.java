package io.sessionizer.bench;

import io.sessionizer.bench.micro.MicroBenchmarks;
import io.sessionizer.bench.scenario.CostGrowth;
import io.sessionizer.bench.scenario.DueSessions;
import io.sessionizer.bench.scenario.EndToEnd;
import io.sessionizer.bench.scenario.StateRestore;
import java.util.List;

/** The command line of the benchmarks, described by {@link BenchOptions#USAGE}. */
public final class Bench {
    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        List<String> parameters = List.of(arguments);
        String command = parameters.isEmpty() ? "" : parameters.get(0);
        try {
            switch (command) {
                case "--help" -> System.out.print(BenchOptions.USAGE);
                case "micro" -> MicroBenchmarks.run(parameters.subList(1, parameters.size()));
                case "growth" -> CostGrowth.run(parameters.subList(1, parameters.size()));
                case "restore" -> StateRestore.run(parameters.subList(1, parameters.size()));
                case "due" -> DueSessions.run(parameters.subList(1, parameters.size()));
                default -> EndToEnd.run(BenchOptions.parse(parameters));
            }
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
        // a client's stray thread must not keep the process
        System.exit(0);
    }
}
