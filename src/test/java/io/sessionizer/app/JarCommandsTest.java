package io.sessionizer.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.docs.MarkdownPage;
import io.sessionizer.docs.ShellCommand;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The documentation starts the jar that the build makes, with arguments that it takes. */
class JarCommandsTest {
    @Test
    void eachDocumentedCommandIsUnderstood() throws IOException {
        List<ShellCommand> commands = ShellCommand.all().stream()
                .filter(command -> command.program().equals("java") && !command.isInRecipe())
                .toList();
        assertFalse(commands.isEmpty());
        for (ShellCommand command : commands) {
            List<String> arguments = command.arguments();
            int jar = arguments.indexOf("-jar");
            assertTrue(jar >= 0, command::toString);
            assertTrue(arguments.get(jar + 1).matches("(target/)?sessionizer\\.jar"), command::toString);
            assertTrue(
                    arguments.subList(0, jar).stream().allMatch(option -> option.startsWith("-D")), command::toString);
            Command parsed = Command.parse(arguments.subList(jar + 2, arguments.size()));
            assertFalse(parsed instanceof Command.UsageError, () -> command + ": " + parsed);
        }
        assertInstanceOf(Command.UsageError.class, Command.parse(List.of("run", "--confg", "a.properties")));
    }

    @Test
    void theDocumentedExitCodesAreThoseOfTheProcess() throws IOException {
        List<String> codes = MarkdownPage.read("docs/operations.md").table("## Start and stop").stream()
                .map(row -> row.get(0))
                .toList();
        assertEquals(
                List.of(ExitCode.OK, ExitCode.FAILED, ExitCode.WRONG_USAGE).stream()
                        .map(String::valueOf)
                        .toList(),
                codes);
    }
}
