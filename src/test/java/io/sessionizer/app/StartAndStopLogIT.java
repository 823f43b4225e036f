package io.sessionizer.app;

import io.sessionizer.Golden;
import io.sessionizer.quickstart.EmbeddedBroker;
import io.sessionizer.web.http.BuildVersions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a real service logs from its start to its stop, at the levels of production: levels, messages and their order. */
@Timeout(180)
class StartAndStopLogIT {
    private static final String IS_RUNNING = "Running: all partitions of this instance are restored\n";
    private static final Pattern OF_A_CLIENT = Pattern.compile("WARN  \\[(Consumer|Producer|AdminClient) clientId=");

    @TempDir
    Path directory;

    /** The first start creates the topics, the second finds them and its state. */
    @Test
    void isTheSameAsBefore() throws Exception {
        try (EmbeddedBroker broker =
                EmbeddedBroker.start(directory.resolve("broker"), 0, Map.of("num.partitions", "2"))) {
            String first = startAndStop(broker.bootstrapServers());
            String second = startAndStop(broker.bootstrapServers());
            Golden.check("log/start-and-stop.txt", "# first\n" + first + "\n# again\n" + second);
        }
    }

    private String startAndStop(String servers) throws IOException, InterruptedException {
        try (ChildProcess child = ChildProcess.start(directory, environment(servers, Map.of()), Main.class, "run")) {
            String start = child.awaitOutput(IS_RUNNING);
            child.terminate();
            // a broker this young may take longer than a try, on a busy machine
            return comparable(start + child.output(0), child).replaceAll("WARN  No broker responds at .*\n", "");
        }
    }

    @Test
    void isTheSameAsBefore_whenNoBrokerAnswers() throws Exception {
        String servers;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            servers = "127.0.0.1:" + free.getLocalPort();
        }
        Map<String, String> environment = environment(servers, Map.of("SESSIONIZER_STARTUP_TIMEOUT_MS", "1000"));
        try (ChildProcess child = ChildProcess.start(directory, environment, Main.class, "run")) {
            Golden.check("log/no-broker.txt", comparable(child.output(1), child));
        }
    }

    private Map<String, String> environment(String servers, Map<String, String> more) {
        Map<String, String> environment = new TreeMap<>(more);
        environment.put("SESSIONIZER_BOOTSTRAP_SERVERS", servers);
        environment.put("SESSIONIZER_HTTP_PORT", "0");
        environment.put("SESSIONIZER_NUM_STREAM_THREADS", "1");
        environment.put("SESSIONIZER_STATE_DIR", directory.resolve("state").toString());
        return environment;
    }

    /**
     * Without what differs from run to run, and without the loggers' names. Warnings of Kafka's clients are left out:
     * they depend on what was in progress when the clients were closed.
     */
    private String comparable(String log, ChildProcess child) {
        String lines = log.lines()
                .map(line -> line.replaceFirst("^\\d{4}-\\S+ (\\w+ *) \\w+: ", "$1 ") + "\n")
                .filter(line -> !OF_A_CLIENT.matcher(line).lookingAt())
                .collect(Collectors.joining());
        String errors =
                child.errorLines().stream().map(line -> "stderr " + line + "\n").collect(Collectors.joining());
        return (lines + errors)
                .replace(directory.toString(), "DIRECTORY")
                .replace(BuildVersions.service(), "VERSION")
                .replaceAll("(localhost|127\\.0\\.0\\.1):\\d+", "$1:PORT");
    }
}
