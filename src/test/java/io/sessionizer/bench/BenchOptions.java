package io.sessionizer.bench;

import io.sessionizer.bench.load.LoadGenerator;
import io.sessionizer.bench.load.LoadShape;
import io.sessionizer.bench.process.BenchRunner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a run is asked for.
 *
 * @param hours over which the sessions of the traffic begin; 0 for three sessions a day of each user
 * @param rounds of each runner under each guarantee
 * @param warmupSeconds and {@code liveSeconds}: how long a runner works at half load before that is measured, and while
 * @param rate events a second in that phase at most; half of what a runner has just shown that it can do, if that is less
 * @param dslEvents events of the traffic that the DSL gets, which takes several times as long
 * @param before the jar of the service as it was, for the runner of that name
 * @param settings of Kafka and the service, put on top of what is shipped, for all runners
 */
public record BenchOptions(
        long seed,
        int users,
        int events,
        int hours,
        int remembered,
        int partitions,
        int rounds,
        List<BenchRunner> runners,
        List<String> guarantees,
        int warmupSeconds,
        int liveSeconds,
        int rate,
        String heap,
        int dslEvents,
        String before,
        Path output,
        Map<String, String> settings) {

    static final String USAGE = """
            mvn -q -Pbench [-Dbench.args="OPTIONS"]
              --quick              a run of some minutes to see that it works; its figures mean little
              --users N            users of the traffic (50000)
              --events N           events of the traffic (12000000)
              --dsl-events N       events of the traffic that the DSL gets (3000000)
              --hours N            hours over which they are spread (three sessions a day of each user)
              --remembered N       sessions that each user has had in the hours before (0)
              --partitions N       of the topic (4)
              --rounds N           of each runner (3)
              --runners A,B        of copy, dsl, sessionizer, before (the first three)
              --before JAR         the service as it was, which the runner "before" runs
              --guarantees A,B     of exactly_once_v2, at_least_once (both)
              --warm N, --live N   seconds at half load before and while that is measured (90, 60; --live 0: not at all)
              --rate N             events/s in that phase at most (20000; half of what a runner has just shown, if that is less)
              --heap SIZE          of each runner's JVM (512m)
              --seed N             of the traffic (1)
              --output DIR         for table, chart, raw figures and logs (target/bench)
              --set KEY=VALUE      a setting on top of those that the service ships with, for all runners; may be repeated
            mvn -q -Pbench -Dbench.args="growth users|partitions|remembered [OPTIONS]"
                                   how the cost of an event grows with one of these; -Dbench.heap=8g for 5,000,000 users
            mvn -q -Pbench -Dbench.args="due [OPTIONS]"       sessions concluded a second when a million are due
            mvn -q -Pbench -Dbench.args="restore [OPTIONS]"   time to have a million users back from the changelogs
            mvn -q -Pbench -Dbench.args="micro [--quick] [OPTIONS OF JMH]"
            """;

    private static final List<String> QUICK = List.of(
            "--users=5000",
            "--events=300000",
            "--dsl-events=300000",
            "--rounds=1",
            "--guarantees=exactly_once_v2",
            "--warm=12",
            "--live=10");
    private static final String BOTH = "exactly_once_v2,at_least_once";
    private static final double SESSIONS_A_DAY = 3;
    private static final double HOURS_A_DAY = 24;

    public BenchOptions {
        if (rate == 0) {
            throw new IllegalArgumentException("--rate: must be at least 1. Found: 0");
        }
    }

    /** @throws IllegalArgumentException with one line for the user */
    public static BenchOptions parse(List<String> arguments) {
        Map<String, String> settingsByKey = new HashMap<>();
        Map<String, String> settings = new HashMap<>();
        List<String> all = new ArrayList<>();
        for (String argument : arguments) {
            all.addAll(argument.equals("--quick") ? QUICK : List.of(argument));
        }
        for (int i = 0; i < all.size(); i++) {
            String[] option = all.get(i).split("=", 2);
            String value = option.length == 2 ? option[1] : i + 1 < all.size() ? all.get(++i) : "";
            if (option[0].equals("--set")) {
                String[] setting = value.split("=", 2);
                if (setting.length != 2) {
                    throw new IllegalArgumentException("--set: must be KEY=VALUE. Found: " + value);
                }
                settings.put(setting[0], setting[1]);
            } else {
                settingsByKey.put(option[0], value);
            }
        }
        BenchOptions options = new BenchOptions(new ParsedOptions(settingsByKey), settings);
        if (!settingsByKey.isEmpty()) {
            throw new IllegalArgumentException("option: must be one of those of --help. Found: "
                    + settingsByKey.keySet().iterator().next());
        }
        return options;
    }

    private BenchOptions(ParsedOptions settingsByKey, Map<String, String> settings) {
        this(
                settingsByKey.number("--seed", 1),
                settingsByKey.number("--users", 50_000),
                settingsByKey.number("--events", 12_000_000),
                settingsByKey.number("--hours", 0),
                settingsByKey.number("--remembered", 0),
                settingsByKey.number("--partitions", 4),
                settingsByKey.number("--rounds", 3),
                settingsByKey.list("--runners", "copy,dsl,sessionizer", "copy,dsl,sessionizer,before").stream()
                        .map(name -> BenchRunner.valueOf(name.toUpperCase(Locale.ROOT)))
                        .toList(),
                settingsByKey.list("--guarantees", BOTH, BOTH),
                settingsByKey.number("--warm", 90),
                settingsByKey.number("--live", 60),
                settingsByKey.number("--rate", 20_000),
                settingsByKey.text("--heap", "512m"),
                settingsByKey.number("--dsl-events", 3_000_000),
                settingsByKey.text("--before", ""),
                Path.of(settingsByKey.text("--output", "target/bench")),
                Map.copyOf(settings));
    }

    /**
     * The traffic that is worked off.
     *
     * @param now epoch ms; all of it lies before
     */
    public LoadShape shape(long now) {
        return shape(now, events);
    }

    /** The same for the runner, which may get less of it. */
    public LoadShape shape(long now, BenchRunner runner) {
        return shape(now, runner == BenchRunner.DSL ? Math.min(events, dslEvents) : events);
    }

    private LoadShape shape(long now, int events) {
        double most = events / (users * SESSIONS_A_DAY * LoadGenerator.MEAN_LENGTH) * HOURS_A_DAY;
        long spanMs = (long) ((hours == 0 ? most : hours) * 3_600_000);
        // users who are active begin no session, so it takes a while longer; and what is late arrives behind the span
        long start = now - spanMs * 3 / 2 - 2 * LoadGenerator.LATEST_MS;
        return new LoadShape(seed, users, events, start / 1000 * 1000, spanMs, remembered, true);
    }

    /** What has been given, each taken out as it is read. */
    private record ParsedOptions(Map<String, String> options) {
        String text(String name, String otherwise) {
            String value = options.remove(name);
            return value == null ? otherwise : value;
        }

        int number(String name, int otherwise) {
            String value = text(name, Integer.toString(otherwise));
            if (!value.matches("\\d{1,9}")) {
                throw new IllegalArgumentException(name + ": must be a number. Found: " + value);
            }
            return Integer.parseInt(value);
        }

        /** Some of {@code all}, which are named with commas between them. */
        List<String> list(String name, String otherwise, String all) {
            List<String> allowed = Arrays.asList(all.split(","));
            List<String> some = Arrays.asList(text(name, otherwise).split(","));
            if (!allowed.containsAll(some)) {
                throw new IllegalArgumentException(name + ": must be some of " + all + ". Found: " + some);
            }
            return some;
        }
    }
}
