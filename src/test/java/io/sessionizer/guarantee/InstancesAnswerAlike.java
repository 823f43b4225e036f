package io.sessionizer.guarantee;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sessionizer.guarantee.support.ApiClient;
import io.sessionizer.guarantee.support.InstancePair;
import io.sessionizer.guarantee.support.PollingWait;
import io.sessionizer.guarantee.support.ServiceOutputs;
import io.sessionizer.guarantee.support.ServiceProcess;
import io.sessionizer.guarantee.support.TestEvent;
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
    private static final Duration PATIENCE = InstancePair.PATIENCE;
    private static final int USERS = 40;

    @TempDir
    Path directory;

    @Test
    void alsoWhileOneOfThemRestarts() throws Exception {
        try (InstancePair both = InstancePair.start(directory, "alike")) {
            ServiceOutputs outputs = both.outputs();
            ServiceProcess one = both.one();
            ServiceProcess two = both.two();
            long now = System.currentTimeMillis();
            for (int user = 0; user < USERS; user++) {
                for (int event = 0; event <= user % 7; event++) {
                    long time = now - 3_600_000 + event * InstancePair.GAP_MS;
                    both.cluster()
                            .send(new TestEvent(
                                    user + "." + event, "u" + user, TestEvent.TestEventKind.COUNTED, time, now));
                }
            }
            both.cluster().flush();
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

    /** Number of events and length for each user, as in the concluded topic. */
    private static List<String> expected(ServiceOutputs outputs) {
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

    private static void awaitAlike(List<String> expected, ServiceProcess service) {
        for (int user = 0; user < USERS; user++) {
            String name = "u" + user;
            String known = expected.get(user);
            PollingWait.until(
                    "The profile of " + name + " is " + known,
                    PATIENCE,
                    () -> profile(service, name).equals(known));
        }
    }

    /** Retries as a client would: while a partition moves, no instance answers for it. */
    private static String profile(ServiceProcess service, String user) {
        ApiClient.ApiResponse response = ApiClient.get(service.url() + "/api/profiles/" + user);
        for (int i = 0; i < 20 && response.status() == 503; i++) {
            response = ApiClient.get(service.url() + "/api/profiles/" + user);
        }
        JsonNode session = response.body().path("sessions").path(0);
        return response.status() == 200
                ? session.path("id").asText() + " " + session.path("events").asText() + " "
                        + session.path("lengthSeconds").asText()
                : "status " + response.status();
    }

    /** The figures that don't move with the time of day. */
    private static JsonNode awaitBoard(ServiceProcess service) {
        PollingWait.until(
                "The board has counted all",
                PATIENCE,
                () -> board(service).path("lengths").path("sessions").asInt() == USERS);
        JsonNode all = board(service);
        assertTrue(all.path("days").size() == 30, all.toString());
        return ((ObjectNode) all).retain("lengths", "days", "zone", "since", "gapSeconds");
    }

    private static JsonNode board(ServiceProcess service) {
        return ApiClient.get(service.url() + "/api/board").body();
    }
}
