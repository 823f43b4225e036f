package io.sessionizer.event.format;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The content of a format's golden file: a configuration, events, and the records that the service writes for them. The
 * first event is the example of the format's own documentation.
 *
 * @param description the source of the example, line by line
 * @param configuration the configured values by key, except those for the test's broker
 * @param records the records of all topics, in the order of the file
 */
public record FormatExample(List<String> description, Map<String, String> configuration, List<ExampleRecord> records) {
    private static final Path DIRECTORY = Path.of("src", "test", "resources", "golden");

    public static FormatExample of(FormatPreset preset) {
        try {
            return parse(Files.readString(DIRECTORY.resolve(file(preset))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The name of the golden file. */
    public static String file(FormatPreset preset) {
        return "formats/" + preset.value() + ".txt";
    }

    private static FormatExample parse(String text) {
        List<String> sections = List.of(text.stripTrailing().split("\n\n(?=" + ExampleRecord.MARK + ")"));
        Map<String, String> configuration = new LinkedHashMap<>();
        List<String> head = sections.get(0).lines().toList();
        head.stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("=", 2))
                .forEach(setting -> configuration.put(setting[0], setting[1]));
        return new FormatExample(
                head.stream().filter(line -> line.startsWith("#")).toList(),
                configuration,
                sections.stream().skip(1).map(ExampleRecord::parse).toList());
    }

    /** The text of the file. */
    public String text() {
        String head = String.join("\n", description)
                + configuration.entrySet().stream()
                        .map(setting -> "\n" + setting.getKey() + "=" + setting.getValue())
                        .collect(Collectors.joining());
        return head + records.stream().map(record -> "\n\n" + record.text()).collect(Collectors.joining()) + "\n";
    }

    /** The records of one topic. */
    public List<ExampleRecord> of(String topic) {
        return records.stream().filter(record -> record.topic().equals(topic)).toList();
    }
}
