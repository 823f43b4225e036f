package io.sessionizer.docs.recipes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sessionizer.docs.ShellCommand;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.slf4j.Logger;

/** A documented command that runs until it is closed. Its output is printed with that of the test. */
final class RecipeProcess implements AutoCloseable {
    /** One class of each library that the Java consumers need. */
    private static final List<Class<?>> LIBRARIES = List.of(
            KafkaConsumer.class,
            ObjectMapper.class,
            JsonParser.class,
            JsonCreator.class,
            Logger.class,
            org.postgresql.Driver.class);

    private final Process process;

    private RecipeProcess(Process process) {
        this.process = process;
    }

    static RecipeProcess start(ShellCommand command, Path directory) throws IOException {
        return new RecipeProcess(builder(command.text(), directory).inheritIO().start());
    }

    /** Its output, once it has ended with the code 0. */
    static String run(String command, Path directory) throws IOException, InterruptedException {
        Process process = builder(command, directory).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), command + "\n" + output);
        return output.strip();
    }

    private static ProcessBuilder builder(String command, Path directory) {
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", "exec " + command).directory(directory.toFile());
        // this JDK, and the distribution's Python, which has the packages of the distribution
        String path = Path.of(System.getProperty("java.home"), "bin") + File.pathSeparator + "/usr/bin";
        builder.environment().merge("PATH", path, (old, first) -> first + File.pathSeparator + old);
        return builder;
    }

    /** Copies the libraries of the Java consumers into the folder {@code libs}, as the pages ask for. */
    static void copyLibraries(Path directory) throws IOException, URISyntaxException {
        Path libs = Files.createDirectories(directory.resolve("libs"));
        for (Class<?> library : LIBRARIES) {
            Path jar = Path.of(
                    library.getProtectionDomain().getCodeSource().getLocation().toURI());
            Files.copy(jar, libs.resolve(jar.getFileName()));
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
