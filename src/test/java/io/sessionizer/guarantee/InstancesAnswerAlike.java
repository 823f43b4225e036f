package io.sessionizer.guarantee;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every instance answers for every user, and shows the board of all: the same from each, also while one of them restarts,
 * where standbys are configured.
 */
class InstancesAnswerAlike {
    private static final String GROUP = "alike";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int USERS = 40;
    private static final long GAP = 5_000;
    private static final Map<String, String> SETTINGS = Map.of(
            "session.inactivity.gap.ms",
            "" + GAP,
            "idle.after.ms",
            "1000",
            "num.standby.replicas",
            "1",
            "acceptable.recovery.lag",
            "1000000",
            "num.stream.threads",
            "1",
            "session.timeout.ms",
            "6000",
            "heartbeat.interval.ms",
            "1000");

    @TempDir
    Path directory;

    @Test
    void alsoWhileOneOfThemRestarts() throws Exception {
        try (Cluster cluster = Cluster.start(directory.resolve("broker"), 4);
                Outputs outputs = new Outputs(cluster);
                Service one = new Service("alike-one", directory, cluster.properties(GROUP, SETTINGS));
                Service two = new Service("alike-two", directory, cluster.properties(GROUP, SETTINGS))) {
            one.start();
            two.start();
            Waiting.until(
                    "Each instance holds half of the partitions",
                    PATIENCE,
                    () -> cluster.partitionsOf(GROUP, "alike-one").size() == 2
                            && cluster.partitionsOf(GROUP, "alike-two").size() == 2);
            one.awaitRunning(PATIENCE);
            two.awaitRunning(PATIENCE);
            long now = System.currentTimeMillis();
            for (int user = 0; user < USERS; user++) {
                for (int event = 0; event <= user % 7; event++) {
                    long time = now - 3_600_000 + event * GAP;
                    cluster.send(new Event(user + "." + event, "u" + user, Event.Kind.COUNTED, time, now));
                }
            }
            cluster.flush();
            outputs.await(
                    "All sessions conclude", PATIENCE, seen -> seen.concluded().size() == USERS);
            List<String> expected = expected(outputs);
            awaitAlike(expected, one);
            awaitAlike(expected, two);
            JsonNode board = awaitBoard(one);
            assertEquals(board, awaitBoard(two));

            two.kill();
            List<String> whileAway = new ArrayList<>();
            for (int user = 0; user < USERS; user++) {
                whileAway.add(profile(one, "u" + user));
            }
            assertEquals(expected, whileAway);
            assertEquals(board, awaitBoard(one));

            two.start();
            two.awaitRunning(PATIENCE);
            awaitAlike(expected, two);
            awaitAlike(expected, one);
            assertEquals(board, awaitBoard(two));
        }
    }

    /** Of each user the events and length, as the concluded topic tells them. */
    private static List<String> expected(Outputs outputs) {
        Map<String, String> byUser = new TreeMap<>();
        outputs.concluded()
                .forEach(session ->
                        byUser.put(session.user(), session.id() + " " + session.events() + " " + session.length()));
        List<String> all = new ArrayList<>();
        for (int user = 0; user < USERS; user++) {
            all.add(byUser.get("u" + user));
        }
        return all;
    }

    private static void awaitAlike(List<String> expected, Service service) {
        for (int user = 0; user < USERS; user++) {
            String name = "u" + user;
            String known = expected.get(user);
            Waiting.until(
                    "The profile of " + name + " is " + known,
                    PATIENCE,
                    () -> profile(service, name).equals(known));
        }
    }

    /** Waits as a client would that is asked to come back: a partition that moves is answered for by nobody. */
    private static String profile(Service service, String user) {
        Web.Answer answer = Web.get(service.url() + "/api/profiles/" + user);
        for (int i = 0; i < 20 && answer.status() == 503; i++) {
            answer = Web.get(service.url() + "/api/profiles/" + user);
        }
        JsonNode session = answer.body().path("sessions").path(0);
        return answer.status() == 200
                ? session.path("id").asText() + " " + session.path("events").asText() + " "
                        + session.path("lengthSeconds").asText()
                : "status " + answer.status();
    }

    /** The figures that don't move with the time of day. */
    private static JsonNode awaitBoard(Service service) {
        Waiting.until(
                "The board has counted all",
                PATIENCE,
                () -> board(service).path("lengths").path("sessions").asInt() == USERS);
        JsonNode all = board(service);
        assertTrue(all.path("days").size() == 30, all.toString());
        return ((ObjectNode) all).retain("lengths", "days", "zone", "isEmpty", "gapSeconds");
    }

    private static JsonNode board(Service service) {
        return Web.get(service.url() + "/api/board").body();
    }
}
