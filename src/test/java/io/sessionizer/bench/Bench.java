package io.sessionizer.bench;

import java.util.List;

/** The command line of the benchmarks, as {@link Options#USAGE} tells it. */
public final class Bench {
    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        List<String> given = List.of(arguments);
        String command = given.isEmpty() ? "" : given.get(0);
        try {
            switch (command) {
                case "--help" -> System.out.print(Options.USAGE);
                case "micro" -> Micro.run(given.subList(1, given.size()));
                case "growth" -> Growth.run(given.subList(1, given.size()));
                case "restore" -> Restore.run(given.subList(1, given.size()));
                case "due" -> Due.run(given.subList(1, given.size()));
                default -> EndToEnd.run(Options.parse(given));
            }
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
        // a client's stray thread must not keep the process
        System.exit(0);
    }
}
