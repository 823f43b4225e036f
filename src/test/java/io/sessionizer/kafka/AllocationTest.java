package io.sessionizer.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllocationTest {
    /**
     * To read an event, add it and stamp it takes exactly what has to be there: the stamped value of 202 bytes 224 as an
     * array, the id's text 56, the new Timeline and Session 32 and 64 (objects in steps of 8). The compiler does without
     * the rest. The way from the deserializer through the processor includes Kafka's records and headers, and the test
     * context's list of what is forwarded.
     */
    @ParameterizedTest
    @CsvSource({"read, 376", "process, 832"})
    void ofAnOrdinaryEventIsNoMoreThanItWas(String part, double most) throws IOException, InterruptedException {
        // compiled in turn with the program, so that a busy machine makes no difference
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:-BackgroundCompilation",
                        "-cp",
                        System.getProperty("java.class.path"),
                        OrdinaryEvent.class.getName(),
                        part,
                        Double.toString(most))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String printed = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, program.waitFor());
        double found = Double.parseDouble(printed.lines().reduce("", (before, next) -> next));
        assertTrue(found <= most, "Must be at most " + most + " bytes an event. Found: " + found);
    }
}
