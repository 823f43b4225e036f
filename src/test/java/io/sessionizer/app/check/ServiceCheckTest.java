package io.sessionizer.app.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.Golden;
import io.sessionizer.app.config.Configuration;
import io.sessionizer.app.config.Configuration.Valid;
import io.sessionizer.quickstart.EmbeddedBroker;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The output of the command check, and whether it reports a problem. */
@Timeout(180)
class ServiceCheckTest {
    private static final String COUNTS = "{\"identity\":\"u\",\"evtName\":\"Seen\",\"ts\":1468308340}";
    private static final List<String> EVENTS = List.of(
            "{\"identity\":\"user-42\",\"type\":\"event\",\"evtName\":\"Product Viewed\",\"ts\":1468308340,"
                    + "\"evtData\":{\"Product\":\"Shoes\",\"CT Source\":\"Web\"}}",
            "{\"identity\":\"user-42\",\"type\":\"event\",\"evtName\":\"Charged\",\"ts\":1468308940}",
            "",
            "{\"identity\":\"user-42\",\"type\":\"event\",\"evtName\":\"App Installed\",\"ts\":1468308941}",
            "{\"identity\":\"user-7\",\"type\":\"profile\",\"profileData\":{\"Name\":\"Ann\"}}",
            "{\"identity\":\"user-7\",\"evtName\":\"Push Sent\",\"ts\":1468308942,\"evtData\":{\"CT Source\":\"API\"}}",
            "{\"identity\":\"user-7\",\"evtName\":\"Seen\",\"ts\":\"yesterday\"}",
            "{\"identity\":\"a user whose name is long\\u001b[2J\",\"evtName\":\"Seen\\n\\u202e\",\"ts\":1468308943}",
            "no JSON");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private InputStream in = InputStream.nullInputStream();

    private boolean check(CheckRequest request, Map<String, String> config) throws IOException, InterruptedException {
        return check(request, config, out);
    }

    private boolean check(CheckRequest request, Map<String, String> config, OutputStream target)
            throws IOException, InterruptedException {
        Map<String, String> all = new HashMap<>(Map.of("bootstrap.servers", "unused:1"));
        all.putAll(config);
        Valid valid = (Valid) Configuration.load(all, Map.of());
        out.reset();
        err.reset();
        return new ServiceCheck(valid.settings(), request, new PrintStream(target, true), new PrintStream(err, true))
                .run(in);
    }

    private static CheckRequest events(boolean isJson) {
        return new CheckRequest(false, Optional.of("-"), isJson);
    }

    private void input(String text) {
        in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private List<String> printed() {
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private List<String> errors() {
        return err.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void aValidConfigurationIsFine() throws Exception {
        assertTrue(check(new CheckRequest(false, Optional.empty(), false), Map.of()));
        assertEquals(1, printed().size());
        assertTrue(printed().get(0).startsWith("The configuration is valid: application.id=sessionizer, "));
        assertEquals(List.of(), errors());
    }

    @Test
    void printsATable_andJson() throws Exception {
        String text = String.join("\n", EVENTS);
        input(text);
        assertFalse(check(events(false), Map.of()));
        String table = out.toString(StandardCharsets.UTF_8);
        input(text);
        assertFalse(check(events(true), Map.of()));
        Golden.check("check-events.txt", table + "\n" + out.toString(StandardCharsets.UTF_8));
        assertEquals(List.of(), errors());
    }

    @Test
    void uncountedLinesAreFine_aDeadLetterIsNot() throws Exception {
        input(COUNTS + "\n{\"type\":\"profile\"}");
        assertTrue(check(events(false), Map.of()));
        input(COUNTS + "\n{\"type\":\"profile\"}\n{}");
        assertFalse(check(events(false), Map.of()));
    }

    @Test
    void theUserIsInTheValue_alsoWhereTheServiceTakesItFromTheKey() throws Exception {
        for (String userFrom : List.of("key", "payload")) {
            input(COUNTS);
            assertTrue(check(events(true), Map.of("user.from", userFrom)));
            assertTrue(printed().get(0).contains("\"user\":\"u\""), printed()::toString);
        }
    }

    @Test
    void refusesAFileWithoutLines() {
        input("\n\r\n");
        assertEquals(
                "--events: must have at least one line that is not empty. Found: standard input, with none",
                refusal(Map.of()));
    }

    @Test
    void refusesAFormatWhoseFieldsALineDoesNotHave() {
        assertEquals(
                "event.user.fields: must have a location in the value with check --events, since a line is a value."
                        + " Found: header:ce_subject or header:ce_partitionkey or key",
                refusal(Map.of("event.format", "cloudevents-binary")));
    }

    private String refusal(Map<String, String> config) {
        return assertThrows(IOException.class, () -> check(events(false), config))
                .getMessage();
    }

    @Test
    void aLineThatIsTooLongIsNotReadIntoMemory() throws Exception {
        byte[] line = new byte[(16 << 20) + 1];
        in = new ByteArrayInputStream(line);
        assertFalse(check(events(true), Map.of()));
        assertEquals(
                List.of("{\"line\":1,\"verdict\":\"dead-letter\",\"reason\":\"TOO_LARGE\",\"detail\":"
                        + "\"The line must be at most 16777216 bytes. Found: more\"}"),
                printed());
    }

    @Test
    void endsEarly_whenTheReaderOfTheOutputHasGone() throws Exception {
        byte[] lines = (COUNTS + "\n").repeat(100_000).getBytes(StandardCharsets.UTF_8);
        ByteArrayInputStream file = new ByteArrayInputStream(lines);
        in = file;
        OutputStream closedPipe = new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        assertFalse(check(events(false), Map.of(), closedPipe));
        assertTrue(file.available() > lines.length / 2, () -> file.available() + " bytes are left");
        assertEquals(List.of(), errors());
    }

    @Test
    void aLineIsPrintedBeforeTheNextIsWaitedFor() throws Exception {
        InputStream terminal = new InputStream() {
            private boolean hasLine = true;

            @Override
            public int read() {
                throw new UnsupportedOperationException("one byte at a time");
            }

            @Override
            public int read(byte[] target, int from, int length) {
                if (!hasLine) {
                    assertTrue(out.toString(StandardCharsets.UTF_8).contains("\"line\":1"), "nothing printed");
                    return -1;
                }
                hasLine = false;
                byte[] line = (COUNTS + "\n").getBytes(StandardCharsets.UTF_8);
                System.arraycopy(line, 0, target, from, line.length);
                return line.length;
            }
        };
        in = terminal;
        assertTrue(check(events(true), Map.of()));
    }

    @Test
    void asksTheBrokersWhatAStartWouldFind_andChangesNothing(@TempDir Path directory) throws Exception {
        CheckRequest connect = new CheckRequest(true, Optional.empty(), false);
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory, 0);
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            Map<String, String> config = Map.of("bootstrap.servers", broker.bootstrapServers());
            assertTrue(check(connect, config), err::toString);
            assertEquals(
                    List.of(
                            "No problems found on the brokers: login, topics, limits and rights.",
                            "The start would create: events, enriched-events, session-concluded, events-dead-letter,"
                                    + " session-profiles, session-settings, session-board"),
                    printed().subList(1, 3));
            assertEquals(Set.of(), topics(admin));

            create(admin, new NewTopic("events", 3, (short) 1));
            create(
                    admin,
                    new NewTopic("enriched-events", 1, (short) 1)
                            .configs(Map.of("max.message.bytes", "10000", "message.timestamp.type", "LogAppendTime")));
            assertFalse(check(connect, config));
            assertEquals(
                    List.of(
                            "sessionizer: cannot start: enriched.topic: must have as many partitions as events, 3; add the"
                                    + " missing ones with kafka-topics --alter, or name another topic. Found: enriched-events"
                                    + " with 1"),
                    errors());

            Map<String, String> other = new HashMap<>(config);
            other.put("events.topic", "enriched-events");
            other.put("enriched.topic", "none");
            other.put("topics.create", "false");
            assertFalse(check(connect, other));
            assertEquals(
                    "sessionizer: cannot start: enriched.topic: must exist, since topics.create is false. Found: no"
                            + " topic none",
                    errors().get(0));

            limitsAreThoseOfTheTopics(config);
            assertEquals(Set.of("events", "enriched-events"), topics(admin));
        }
    }

    private void limitsAreThoseOfTheTopics(Map<String, String> config) throws Exception {
        Map<String, String> small = new HashMap<>(config);
        small.put("events.topic", "none");
        String large = COUNTS.replace("Seen", "x".repeat(20_000));
        for (boolean isConnecting : new boolean[] {true, false}) {
            input(large);
            assertEquals(!isConnecting, check(new CheckRequest(isConnecting, Optional.of("-"), true), small));
            assertEquals(isConnecting, printed().get(0).contains("TOO_LARGE"), printed()::toString);
            assertEquals(
                    isConnecting
                            ? List.of(
                                    "sessionizer: warning: enriched-events has message.timestamp.type=LogAppendTime: its"
                                            + " records carry the time of the write instead of event time, and its retention"
                                            + " counts from the write")
                            : List.of(),
                    errors());
        }
    }

    private static void create(Admin admin, NewTopic topic) throws InterruptedException, ExecutionException {
        admin.createTopics(List.of(topic)).all().get();
    }

    private static Set<String> topics(Admin admin) throws InterruptedException, ExecutionException {
        return admin.listTopics().names().get();
    }

    @Test
    void aBrokerThatDoesNotAnswerIsAProblem_andTheEventsAreStillChecked() throws Exception {
        input(COUNTS);
        Map<String, String> config = Map.of("bootstrap.servers", "127.0.0.1:1", "startup.timeout.ms", "300");
        assertFalse(check(new CheckRequest(true, Optional.of("-"), true), config));
        assertEquals(
                List.of("sessionizer: cannot start: bootstrap.servers: a broker must respond within startup.timeout.ms,"
                        + " 300. Found: none at 127.0.0.1:1"),
                errors());
        assertEquals(1, printed().size());
    }
}
