package io.sessionizer.guarantee.format;

import io.sessionizer.Golden;
import io.sessionizer.event.format.ExampleRecord;
import io.sessionizer.event.format.FormatExample;
import io.sessionizer.event.format.FormatPreset;
import io.sessionizer.guarantee.support.TestCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * In each format, the service reads the events of the format's own documentation, and writes the stamped events,
 * Session Concluded, profiles and dead letters of the format's golden file, byte for byte: key, headers, timestamp and
 * value.
 */
class EachFormatIsReadAndWritten {
    @TempDir
    static Path directory;

    private static final Map<FormatPreset, List<ExampleRecord>> OUTPUTS = new EnumMap<>(FormatPreset.class);

    @BeforeAll
    static void runOneServicePerFormat() throws Exception {
        List<FormatService> services = new ArrayList<>();
        try (TestCluster cluster = TestCluster.start(directory.resolve("broker"), 1)) {
            try {
                for (FormatPreset preset : FormatPreset.values()) {
                    services.add(new FormatService(preset, cluster));
                }
                FormatService.createInputs(services, cluster);
                forEach(services, service -> service.start(directory));
                services.forEach(FormatService::awaitConclusions);
                forEach(services, FormatService::eraseLastUser);
                forEach(services, FormatService::stop);
                services.forEach(service -> OUTPUTS.put(service.preset(), service.outputs()));
            } finally {
                services.forEach(FormatService::close);
            }
        }
    }

    /** All formats run at the same time. */
    private static void forEach(List<FormatService> services, Consumer<FormatService> action) {
        CompletableFuture.allOf(services.stream()
                        .map(service -> CompletableFuture.runAsync(
                                () -> action.accept(service), task -> new Thread(task).start()))
                        .toArray(CompletableFuture[]::new))
                .join();
    }

    @ParameterizedTest
    @EnumSource
    void asItsGoldenFileShows(FormatPreset preset) throws IOException {
        FormatExample example = FormatExample.of(preset);
        List<ExampleRecord> records = new ArrayList<>(example.of(FormatService.input(preset)));
        records.addAll(OUTPUTS.get(preset));
        Golden.check(
                FormatExample.file(preset),
                new FormatExample(example.description(), example.configuration(), records).text());
    }
}
