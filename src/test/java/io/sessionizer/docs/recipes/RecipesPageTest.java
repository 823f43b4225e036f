package io.sessionizer.docs.recipes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sessionizer.docs.MarkdownPage;
import io.sessionizer.docs.MarkdownPage.CodeBlock;
import io.sessionizer.docs.ShellCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The recipes parse, agree with the row of the sessions table, and name the test that executes them. The profile
 * {@code recipes} executes them.
 */
class RecipesPageTest {
    private static final Path PAGES = Path.of("docs/recipes");
    private static final Pattern LINK = Pattern.compile("\\[.*]\\((.*\\.md)\\).*");
    private static final Pattern TEST = Pattern.compile("(in part: )?`(\\w+)`");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final MarkdownPage list = MarkdownPage.read("docs/recipes/README.md");

    @TempDir
    private Path directory;

    @Test
    void theListNamesEachRecipe_andTheTestThatExecutesIt() throws IOException {
        Set<String> listed = new TreeSet<>(List.of("README.md", "read-committed.md"));
        for (List<String> row : list.table("# Recipes")) {
            Matcher link = LINK.matcher(row.get(0));
            assertTrue(link.matches(), row::toString);
            listed.add(link.group(1));
            String text = page(link.group(1)).text();
            Matcher test = TEST.matcher(row.get(2));
            boolean isExecuted = test.matches();
            assertTrue(isExecuted || row.get(2).equals("never"), row::toString);
            assertEquals(!isExecuted || test.group(1) != null, text.contains("ever executed"), row::toString);
            assertEquals(isExecuted && test.group(1) == null, text.contains("Tested with"), row::toString);
            if (isExecuted) {
                String source = Files.readString(
                        Path.of("src/recipes/java/io/sessionizer/docs/recipes", test.group(2) + ".java"));
                assertTrue(source.contains("\"" + link.group(1) + "\"") || source.contains("/" + link.group(1)));
            }
        }
        try (Stream<Path> pages = Files.list(PAGES)) {
            assertEquals(
                    pages.map(page -> page.getFileName().toString()).sorted().toList(), List.copyOf(listed));
        }
    }

    @Test
    void theVersionsAreThoseOfThePom() throws IOException {
        String pom = Files.readString(Path.of("pom.xml"));
        List<String> names = List.of(
                "postgres.md kafka.version",
                "postgres.md debezium.version",
                "flink.md flink.version",
                "flink.md flink.kafka.version",
                "iceberg.md kafka.version",
                "iceberg.md iceberg.version");
        for (String name : names) {
            String[] parts = name.split(" ");
            Matcher version = Pattern.compile("<" + Pattern.quote(parts[1]) + ">([^<]+?)(\\.Final)?<")
                    .matcher(pom);
            assertTrue(version.find(), name);
            assertTrue(page(parts[0]).text().contains(" " + version.group(1)), name + " " + version.group(1));
        }
    }

    @Test
    void theSchemasOfConnectorsAreThoseOfTheRow() throws IOException {
        int schemas = 0;
        for (MarkdownPage page : pages()) {
            for (String block : blocks(page, "json")) {
                JsonNode connector = JSON.readTree(block);
                JsonNode schema = connector.path("value.converter.schema.content");
                if (!schema.isMissingNode()) {
                    assertEquals(columnsBeside(connector), columns(JSON.readTree(schema.asText())), page::toString);
                    schemas++;
                }
            }
        }
        assertEquals(2, schemas);
    }

    /** The row's, without the one that the connector takes from the key. */
    private TreeMap<String, Boolean> columnsBeside(JsonNode connector) throws IOException {
        TreeMap<String, Boolean> columns = new TreeMap<>();
        row().properties()
                .forEach(field -> columns.put(field.getKey(), field.getValue().isTextual()));
        columns.remove(connector.path("transforms.key.field").asText());
        return columns;
    }

    private static TreeMap<String, Boolean> columns(JsonNode schema) {
        TreeMap<String, Boolean> columns = new TreeMap<>();
        assertEquals("struct", schema.get("type").asText());
        for (JsonNode field : schema.get("fields")) {
            String type = field.get("type").asText();
            assertTrue(Set.of("string", "int32", "int64").contains(type), field::toString);
            columns.put(field.get("field").asText(), type.equals("string"));
        }
        return columns;
    }

    private JsonNode row() throws IOException {
        return JSON.readTree(blocks(list, "json").get(0));
    }

    @Test
    void theTablesHaveTheColumnsOfTheRow() throws IOException {
        Set<String> expected = new HashSet<>();
        row().fieldNames().forEachRemaining(expected::add);
        for (String name : List.of("postgres.md", "flink.md", "ksqldb.md")) {
            String sql = String.join("\n", blocks(page(name), "sql"));
            String table = sql.substring(sql.indexOf("CREATE TABLE sessions (")).split("\\n\\)", 2)[0];
            Set<String> columns = new HashSet<>();
            Matcher column = Pattern.compile("(?m)^    ([a-z_]+) ").matcher(table);
            while (column.find()) {
                columns.add(column.group(1));
            }
            assertEquals(expected, columns, name);
        }
    }

    @Test
    void eachSqlStatementIsComplete() throws IOException {
        int statements = 0;
        for (MarkdownPage page : pages()) {
            for (String block : blocks(page, "sql")) {
                String code = block.replaceAll("'[^']*'|`[^`]*`", "x");
                assertTrue(code.endsWith(";"), block);
                assertEquals(count(code, '('), count(code, ')'), block);
                assertEquals(0, count(code, '\'') + count(code, '`'), block);
                statements += count(code, ';');
            }
        }
        assertTrue(statements > 15, "statements: must be found. Found: " + statements);
    }

    private static int count(String text, char sought) {
        return (int) text.chars().filter(character -> character == sought).count();
    }

    @Test
    void theJavaConsumersCompile() throws IOException {
        int sources = 0;
        for (MarkdownPage page : pages()) {
            for (String source : blocks(page, "java")) {
                Matcher type = Pattern.compile("public final class (\\w+)").matcher(source);
                assertTrue(type.find(), page::toString);
                Path file = Files.writeString(directory.resolve(type.group(1) + ".java"), source);
                List<String> options = List.of("-proc:none", "-d", directory.toString(), file.toString());
                assertEquals(
                        0, ToolProvider.getSystemJavaCompiler().run(null, null, null, options.toArray(String[]::new)));
                assertTrue(
                        commands(page, "java")
                                .toString()
                                .contains(file.getFileName().toString()),
                        page::toString);
                sources++;
            }
        }
        assertEquals(2, sources);
    }

    private static List<ShellCommand> commands(MarkdownPage page, String program) {
        return ShellCommand.of(page).stream()
                .filter(command -> command.program().equals(program))
                .toList();
    }

    private static MarkdownPage page(String name) {
        return MarkdownPage.read(PAGES.resolve(name).toString());
    }

    private static List<MarkdownPage> pages() throws IOException {
        List<MarkdownPage> pages = new ArrayList<>();
        try (Stream<Path> files = Files.list(PAGES)) {
            files.sorted().forEach(file -> pages.add(page(file.getFileName().toString())));
        }
        return pages;
    }

    private static List<String> blocks(MarkdownPage page, String language) {
        return page.blocks().stream()
                .filter(block -> block.language().equals(language))
                .map(CodeBlock::text)
                .toList();
    }
}
