package io.sessionizer.docs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.utils.internals.Exit;
import org.apache.kafka.tools.AclCommand;
import org.apache.kafka.tools.ConfigCommand;
import org.apache.kafka.tools.StreamsResetter;
import org.apache.kafka.tools.TopicCommand;
import org.apache.kafka.tools.TransactionsCommand;
import org.apache.kafka.tools.consumer.ConsoleConsumer;

/** Runs documented commands of Kafka's tools, in this JVM, against the broker of a test. */
final class KafkaTool {
    private static final Map<String, ToolMain> TOOLS = Map.of(
            "kafka-acls.sh", AclCommand::main,
            "kafka-configs.sh", ConfigCommand::main,
            "kafka-console-consumer.sh", ConsoleConsumer::main,
            "kafka-streams-application-reset.sh", StreamsResetter::main,
            "kafka-topics.sh", TopicCommand::main,
            "kafka-transactions.sh", TransactionsCommand::main);

    private final String bootstrapServers;
    private final Path adminConfig;

    /** The method that starts a tool. */
    private interface ToolMain {
        void run(String[] arguments) throws Exception;
    }

    /** A tool ends the process. */
    private static final class ExitException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** @param adminConfig the file in the place of the documented {@code --command-config} */
    KafkaTool(String bootstrapServers, Path adminConfig) {
        this.bootstrapServers = bootstrapServers;
        this.adminConfig = adminConfig;
    }

    /**
     * Returns the exit code.
     *
     * @param more arguments
     */
    int run(ShellCommand command, String... more) throws Exception {
        List<String> arguments = new ArrayList<>(command.arguments());
        arguments.replaceAll(argument -> argument.equals("localhost:9092") ? bootstrapServers : argument);
        arguments.replaceAll(argument -> argument.equals("admin.properties") ? adminConfig.toString() : argument);
        arguments.addAll(List.of(more));
        ToolMain tool = Optional.ofNullable(TOOLS.get(command.program()))
                .orElseThrow(() -> new IllegalArgumentException("tool: must be known here. Found: " + command));
        List<Integer> codes = new ArrayList<>();
        Exit.setExitProcedure((code, message) -> {
            codes.add(code);
            throw new ExitException();
        });
        try {
            tool.run(arguments.toArray(String[]::new));
        } catch (ExitException e) {
            // a tool may catch it and exit once more, so the first code counts
        } finally {
            Exit.resetExitProcedure();
        }
        return codes.isEmpty() ? 0 : codes.get(0);
    }
}
