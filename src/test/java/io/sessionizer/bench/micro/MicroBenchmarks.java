package io.sessionizer.bench.micro;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** The micro-benchmarks, run by JMH: time and allocation an operation, as a Markdown table. */
public final class MicroBenchmarks {
    private static final String ALLOCATION = "gc.alloc.rate.norm";

    private MicroBenchmarks() {}

    /** @param arguments of JMH's own command line, which beat what is chosen here */
    public static void run(List<String> arguments) throws CommandLineOptionException, RunnerException, IOException {
        boolean isQuick = arguments.contains("--quick");
        String[] own = arguments.stream()
                .filter(argument -> !argument.equals("--quick"))
                .toArray(String[]::new);
        Path output = Files.createDirectories(Path.of("target", "bench"));
        var options = new OptionsBuilder()
                .parent(new CommandLineOptions(own))
                .addProfiler(GCProfiler.class)
                .jvmArgs("-Xmx1g")
                .result(output.resolve("micro.json").toString())
                .resultFormat(ResultFormatType.JSON);
        if (isQuick) {
            options.forks(1).warmupIterations(1).measurementIterations(1);
            options.warmupTime(TimeValue.milliseconds(300)).measurementTime(TimeValue.milliseconds(300));
        } else if (own.length == 0) {
            options.forks(3).warmupIterations(3).measurementIterations(5);
            options.warmupTime(TimeValue.seconds(1)).measurementTime(TimeValue.seconds(1));
        }
        String table = table(new Runner(options.build()).run());
        Files.writeString(output.resolve("micro.md"), table);
        System.out.println(table);
    }

    private static String table(Collection<RunResult> results) {
        Map<String, String> rows = new TreeMap<>();
        for (RunResult result : results) {
            var params = result.getParams();
            String method = params.getBenchmark().replaceAll(".*\\.(\\w+\\.\\w+)$", "$1");
            String of = String.join(
                    ", ",
                    params.getParamsKeys().stream()
                            .map(key -> params.getParam(key) + " " + key)
                            .toList());
            var time = result.getPrimaryResult();
            double allocated = result.getSecondaryResults().get(ALLOCATION).getScore();
            // by class, by size, by method, as they are read beside each other
            String order = method.replaceAll("\\..*", "") + String.format("%15s", of) + method;
            rows.put(
                    order,
                    String.format(
                            Locale.ROOT,
                            "| %s | %s | %,.1f ± %,.1f | %,.0f |%n",
                            method,
                            of,
                            time.getScore(),
                            Double.isNaN(time.getScoreError()) ? 0 : time.getScoreError(),
                            allocated));
        }
        return "| benchmark | of | ns | bytes allocated |\n| --- | --- | ---: | ---: |\n"
                + String.join("", rows.values());
    }
}
