package io.sessionizer.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.params.provider.EnumSource.Mode.EXCLUDE;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.core.util.Separators.Spacing;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sessionizer.event.format.FormatPreset;
import io.sessionizer.session.SessionId;
import io.sessionizer.session.SessionIdForm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The published schemas of each format match the records that the code writes; {@code -Dgolden.write=true} writes them.
 */
class FormatSchemasTest {
    private static final Path FOLDER = Path.of("config/schemas");
    private static final String DEFAULT = "CLEVERTAP";
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final DefaultPrettyPrinter PRINTER = new DefaultPrettyPrinter(
                    Separators.createDefaultInstance().withObjectFieldValueSpacing(Spacing.AFTER))
            .withObjectIndenter(new DefaultIndenter("  ", "\n"));

    @ParameterizedTest
    @EnumSource(mode = EXCLUDE, names = DEFAULT)
    void areWhatTheCodeGenerates(FormatPreset preset) throws IOException {
        FormatSchema schema = new FormatSchema(preset);
        check(file(preset, "session-concluded"), Optional.of(schema.concluded()));
        check(file(preset, "enriched-event"), schema.enriched());
    }

    @Test
    void areInAFolderOfEachFormat_exceptTheDefault() throws IOException {
        Set<String> others = Arrays.stream(FormatPreset.values())
                .filter(preset -> !preset.name().equals(DEFAULT))
                .map(FormatPreset::value)
                .collect(Collectors.toSet());
        try (Stream<Path> files = Files.list(FOLDER)) {
            assertEquals(
                    others,
                    files.filter(Files::isDirectory)
                            .map(folder -> folder.getFileName().toString())
                            .collect(Collectors.toSet()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void acceptWhatTheCodeWrites_concludedOrMerged_withAnIdOfEachForm(FormatPreset preset) {
        Path schema = file(preset, "session-concluded");
        for (SessionIdForm form : SessionIdForm.values()) {
            SessionId id = FormatSchema.ID.in(form);
            for (Optional<SessionId> mergedInto : List.of(Optional.<SessionId>empty(), Optional.of(id))) {
                byte[] written = new FormatSchema(preset).written(FormatSchema.conclusion(id, mergedInto));
                assertEquals(List.of(), AsyncApi.errors(schema, written));
            }
        }
    }

    /** Each member at each level is required, and no other is allowed. */
    @ParameterizedTest
    @EnumSource
    void rejectAnyOtherMember_orOneLess(FormatPreset preset) throws IOException {
        JsonNode schema = AsyncApi.schema(file(preset, "session-concluded"));
        JsonNode event = MAPPER.readTree(
                new FormatSchema(preset).written(FormatSchema.conclusion(FormatSchema.ID, Optional.empty())));
        assertRejectsChanges(schema, event, (ObjectNode) event);
    }

    private static void assertRejectsChanges(JsonNode schema, JsonNode event, ObjectNode part) {
        part.put("More", 1);
        assertFalse(AsyncApi.errors(schema, event).isEmpty(), event::toString);
        part.remove("More");
        for (String name :
                part.properties().stream().map(member -> member.getKey()).toList()) {
            JsonNode member = part.remove(name);
            assertFalse(AsyncApi.errors(schema, event).isEmpty(), event::toString);
            part.set(name, member);
            if (member.isObject()) {
                assertRejectsChanges(schema, event, (ObjectNode) member);
            }
        }
    }

    private static Path file(FormatPreset preset, String name) {
        Path folder = preset.name().equals(DEFAULT) ? FOLDER : FOLDER.resolve(preset.value());
        return folder.resolve(name + ".json");
    }

    private static void check(Path file, Optional<ObjectNode> schema) throws IOException {
        if (schema.isEmpty()) {
            assertFalse(Files.exists(file), file::toString);
            return;
        }
        String text = MAPPER.writer(PRINTER).writeValueAsString(schema.get()) + "\n";
        if (Boolean.getBoolean("golden.write")) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            return;
        }
        assertEquals(text, Files.readString(file));
    }
}
