package io.sessionizer.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.docs.MarkdownPage.CodeBlock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/**
 * Every command of the documentation is checked: by what it names that must exist here, or by another test. Those of the
 * service's jar are parsed by {@code JarCommandsTest}, those of Kafka's tools run in {@code DocumentedKafkaCommandsIT},
 * and those of the recipes in the profile {@code recipes}.
 */
class DocumentedCommandsTest {
    private static final String KAFKA = "kafka-";
    private static final Pattern CURL_OPTION_WITH_VALUE = Pattern.compile("-[XHd]");
    /** Nothing in them depends on this project, so their syntax is enough. */
    private static final Set<String> GENERAL = Set.of("git", "rm");

    private final Map<String, Function<ShellCommand, List<String>>> checks = Map.of(
            "mvn", MavenCommand::problems,
            "./mvnw", MavenCommand::problems,
            "java", command -> ifMissing("src/test/java/io/sessionizer/app/JarCommandsTest.java"),
            "docker", this::ofDocker,
            "curl", DocumentedCommandsTest::ofCurl,
            "printf", command -> List.of());

    @Test
    void eachIsCheckedByWhatItNames() throws IOException {
        List<String> problems = new ArrayList<>();
        List<ShellCommand> commands = ShellCommand.all();
        for (ShellCommand command : commands) {
            problems(command).forEach(problem -> problems.add(command + ": " + problem));
        }
        assertEquals(List.of(), problems);
        assertTrue(commands.size() > 40, "commands: must be found. Found: " + commands.size());
    }

    private List<String> problems(ShellCommand command) {
        if (command.program().startsWith(KAFKA)) {
            return ifMissing("src/test/java/io/sessionizer/docs/DocumentedKafkaCommandsIT.java");
        }
        if (command.isInRecipe()) {
            return ofRecipe(command);
        }
        if (GENERAL.contains(command.program())) {
            return List.of();
        }
        return checks.getOrDefault(command.program(), unknown -> List.of("no test checks it"))
                .apply(command);
    }

    /** What it names is a block of the same page, to be saved under that name. */
    private static List<String> ofRecipe(ShellCommand command) {
        String text =
                String.join("\n", MarkdownPage.read(command.page().toString()).lines());
        Matcher file = Pattern.compile("\\w[\\w-]*\\.(json|java|py)").matcher(command.text());
        return file.find() && text.contains("Save this as `" + file.group() + "`")
                ? List.of()
                : List.of("no file to save on the page");
    }

    private static List<String> ifMissing(String test) {
        return Files.exists(Path.of(test)) ? List.of() : List.of("no test " + test);
    }

    /** The options of Compose and the names of services and profiles; no container engine is at hand. */
    private List<String> ofDocker(ShellCommand command) {
        String arguments = String.join(" ", command.arguments());
        if (arguments.equals("build -t sessionizer .")) {
            return Files.exists(Path.of("Dockerfile")) ? List.of() : List.of("no Dockerfile");
        }
        Map<String, Map<String, Map<String, ?>>> compose = new Yaml().load(read("docker-compose.yml"));
        String known = "compose( --profile (?<profile>\\w+))? (up --build|exec (?<service>\\w+) .+)";
        var matcher = Pattern.compile(known).matcher(arguments);
        if (!matcher.matches()) {
            return List.of("must be " + known);
        }
        List<String> problems = new ArrayList<>();
        if (matcher.group("service") != null && !compose.get("services").containsKey(matcher.group("service"))) {
            problems.add("no service " + matcher.group("service"));
        }
        if (matcher.group("profile") != null
                && !compose.get("services").toString().contains("profiles=[" + matcher.group("profile") + "]")) {
            problems.add("no profile " + matcher.group("profile"));
        }
        return problems;
    }

    /** The request is for one of the routes. */
    private static List<String> ofCurl(ShellCommand command) {
        String method = "GET";
        String url = "";
        List<String> arguments = command.arguments();
        for (int i = 0; i < arguments.size(); i++) {
            if (arguments.get(i).equals("-X")) {
                method = arguments.get(i + 1);
            }
            if (CURL_OPTION_WITH_VALUE.matcher(arguments.get(i)).matches()) {
                i++;
            } else {
                url = arguments.get(i);
            }
        }
        String request = method + " " + url.replaceFirst("^(http://)?[^/]+", "").replaceFirst("\\?.*", "");
        return read("src/test/resources/golden/routes.txt")
                        .lines()
                        .map(line -> line.replaceFirst(" [A-Z]+ \\[.*", ""))
                        .anyMatch(route -> request.matches(route.replaceAll("\\{\\w+}", "[^/]+")))
                ? List.of()
                : List.of("no route " + request);
    }

    private static String read(String file) {
        return String.join("\n", MarkdownPage.read(file).lines());
    }

    @Test
    void eachBlockIsValidForTheShell() throws Exception {
        for (MarkdownPage page : MarkdownPage.all()) {
            for (CodeBlock block : page.blocks()) {
                if (ShellCommand.isShell(block)) {
                    assertEquals("", shell(block.text(), "-n"), page.path() + "\n" + block.text());
                }
            }
        }
        assertFalse(shell("echo 'a", "-n").isEmpty());
    }

    @Test
    void theNameOfAUserInTheAuditIsWhatTheDocumentedCommandPrints() throws Exception {
        List<ShellCommand> commands = ShellCommand.all().stream()
                .filter(command -> command.program().equals("printf"))
                .toList();
        assertFalse(commands.isEmpty());
        byte[] hash = MessageDigest.getInstance("SHA-256").digest("user-42".getBytes(StandardCharsets.UTF_8));
        for (ShellCommand command : commands) {
            assertEquals(
                    HexFormat.of().formatHex(hash).substring(0, 12),
                    shell(command.text()).strip());
        }
    }

    @Test
    void findsProblems() {
        assertEquals(List.of("no goal verfy"), problems("mvn -B verfy"));
        assertEquals(List.of("no profile -Plongest"), problems("mvn -B verify -Plongest"));
        assertEquals(List.of("no test NoSuch"), problems("mvn -B verify -Dit.test=NoSuch"));
        assertEquals(List.of("no property tests"), problems("mvn -B verify -Dtests=NoEventLost"));
        assertEquals(1, problems("mvn -q -Pbench -Dbench.args=\"due --fast 1\"").size());
        assertEquals(List.of("no service kafkas"), problems("docker compose exec kafkas ls"));
        assertEquals(List.of("no route PUT /api/setting"), problems("curl -X PUT -d '{}' localhost:8080/api/setting"));
        assertEquals(List.of("no test checks it"), problems("helm install sessionizer"));
        ShellCommand recipe = new ShellCommand(Path.of("docs/recipes/revisions.md"), "python3 other.py");
        assertEquals(List.of("no file to save on the page"), problems(recipe));
    }

    private List<String> problems(String text) {
        return problems(new ShellCommand(Path.of("any.md"), text));
    }

    private static String shell(String script, String... options) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of("bash"));
        line.addAll(List.of(options));
        line.addAll(List.of("-c", script));
        Process bash = new ProcessBuilder(line).redirectErrorStream(true).start();
        String output = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        bash.waitFor();
        return output;
    }
}
