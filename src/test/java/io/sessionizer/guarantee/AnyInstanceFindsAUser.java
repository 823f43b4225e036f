package io.sessionizer.guarantee;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.guarantee.support.PollingWait;
import io.sessionizer.guarantee.support.ServiceInstance;
import io.sessionizer.guarantee.support.ServiceOutputs;
import io.sessionizer.guarantee.support.ServiceProcess;
import io.sessionizer.guarantee.support.TestCluster;
import io.sessionizer.guarantee.support.TestEvent;
import io.sessionizer.session.Session;
import io.sessionizer.session.UserState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is remembered of a user is found on the instance that holds the user's partition, whatever rule the producers
 * partition by; any other instance names that one first, and never itself. Where there are standbys, they answer while
 * the active instance is away.
 */
class AnyInstanceFindsAUser {
    private static final int PARTITIONS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String GROUP = "found";
    private static final List<String> USERS = List.of("ann", "bob", "cem", "dee", "eve", "fay", "gus", "hal", "ida");
    private static final Map<String, String> SETTINGS = Map.of(
            "application.id",
            GROUP,
            "num.stream.threads",
            "1",
            // otherwise an instance with something to restore gets its share only when it has, some minutes later
            "acceptable.recovery.lag",
            "1000000",
            // so that the one that was killed is missed only when all has been asked
            "session.timeout.ms",
            "45000");

    private static final UserState UNKNOWN = new UserState.Absent();
    private static final UserState ELSEWHERE = new UserState.AbsentHere();

    @TempDir
    Path directory;

    private final long time = System.currentTimeMillis() - 3_600_000;

    @Test
    void onItsOwn_orAtTheFirstThatItNames_andErasesWhatItHolds() throws Exception {
        try (TestCluster cluster = TestCluster.start(directory.resolve("broker"), PARTITIONS);
                ServiceOutputs outputs = new ServiceOutputs(cluster);
                ServiceInstance one = instance("one", 1, cluster).start();
                ServiceInstance two = instance("two", 2, cluster).start();
                ServiceInstance three = instance("three", 3, cluster).start()) {
            Map<String, ServiceInstance> all = Map.of("127.0.0.1:1", one, "127.0.0.1:2", two, "127.0.0.1:3", three);
            awaitShares(cluster, "one", "two", "three");
            all.values().forEach(ServiceInstance::awaitReady);
            USERS.forEach(user -> cluster.send(TestEvent.counted("e", user, time)));
            // as from a producer with a rule of its own
            sendToPartition(cluster, 0, "zero");
            sendToPartition(cluster, 1, "first");
            sendToPartition(cluster, 2, "second");
            cluster.flush();
            outputs.await("All are stamped", PATIENCE, seen -> seen.stamped().size() == USERS.size() + PARTITIONS);

            Set<String> holders = new TreeSet<>();
            for (String user : USERS) {
                String holder = onlyHolder(all, user);
                holders.add(holder);
                assertOthersNameItFirst(all, holder, user);
            }
            assertEquals(all.keySet(), holders);
            Stream.of("zero", "first", "second").forEach(user -> onlyHolder(all, user));

            assertEquals(Set.of(ELSEWHERE), ask(all, "nobody"));
            erasesOnlyWhatItIsAskedTo(all, "second");
            erasesWhoIsHeldByAnother(all, "first");
            one.stop();
            two.stop();
            awaitShares(cluster, "three");
            PollingWait.until(
                    "It holds all users",
                    PATIENCE,
                    () -> three.service().findUser(bytes("nobody")).equals(UNKNOWN));
            assertEquals(UNKNOWN, three.service().findUser(bytes("second")));
            USERS.forEach(user -> assertFound(three.service().findUser(bytes(user))));
            three.stop();
            assertEquals(new UserState.Unavailable(), three.service().findUser(bytes("ann")));
            assertEquals(List.of(), three.service().otherInstances(bytes("ann")));
        }
    }

    @Test
    void onAStandby_whileTheInstanceThatWasKilledIsStillMissed() throws Exception {
        Map<String, String> withStandby = new TreeMap<>(SETTINGS);
        withStandby.put("num.standby.replicas", "1");
        withStandby.put("application.server", "127.0.0.1:2");
        withStandby.put("idle.after.ms", "3600000");
        try (TestCluster cluster = TestCluster.start(directory.resolve("broker"), PARTITIONS);
                ServiceInstance here = instance("here", 1, cluster).start();
                ServiceProcess there = new ServiceProcess("there", directory, cluster.properties(GROUP, withStandby))) {
            there.start();
            awaitShares(cluster, "here", "there");
            for (int partition = 0; partition < PARTITIONS; partition++) {
                sendToPartition(cluster, partition, "user-" + partition);
            }
            cluster.flush();
            Set<Integer> away = cluster.partitionsOf(GROUP, "there");
            assertFalse(away.isEmpty());
            awaitFoundByAll(here);

            there.kill();
            for (int partition = 0; partition < PARTITIONS; partition++) {
                assertFound(here.service().findUser(bytes("user-" + partition)));
                assertEquals(List.of("127.0.0.1:2"), here.service().otherInstances(bytes("user-" + partition)));
            }
            assertEquals(ELSEWHERE, here.service().findUser(bytes("nobody")));
            assertEquals(away, cluster.partitionsOf(GROUP, "there"), "nobody has taken over yet");
        }
    }

    @Test
    void alsoWithARepartitionTopic() throws Exception {
        try (TestCluster cluster = TestCluster.start(directory.resolve("broker"), PARTITIONS);
                ServiceOutputs outputs = new ServiceOutputs(cluster);
                ServiceInstance one = ServiceInstance.rekeying("one", directory, cluster, with("127.0.0.1:1"))
                        .start();
                ServiceInstance two = ServiceInstance.rekeying("two", directory, cluster, with("127.0.0.1:2"))
                        .start()) {
            Map<String, ServiceInstance> all = Map.of("127.0.0.1:1", one, "127.0.0.1:2", two);
            awaitShares(cluster, "one", "two");
            all.values().forEach(ServiceInstance::awaitReady);
            // wherever the events come from, a user is where the repartition topic puts it
            for (int i = 0; i < USERS.size(); i++) {
                sendToPartition(cluster, i % PARTITIONS, USERS.get(i));
            }
            cluster.flush();
            outputs.await("All are stamped", PATIENCE, seen -> seen.stamped().size() == USERS.size());
            USERS.forEach(user -> assertOthersNameItFirst(all, onlyHolder(all, user), user));
            two.service().erase(bytes("ann"));
            one.service().erase(bytes("bob"));
            PollingWait.until("Ann is erased", PATIENCE, () -> ask(all, "ann").equals(Set.of(ELSEWHERE)));
            PollingWait.until("Bob is erased", PATIENCE, () -> ask(all, "bob").equals(Set.of(ELSEWHERE)));
        }
    }

    @Test
    void rejectsInvalidUsers() throws Exception {
        try (TestCluster cluster = TestCluster.start(directory.resolve("broker"), 1);
                ServiceInstance one = instance("one", 1, cluster)) {
            one.start();
            for (byte[] user : List.of(new byte[0], new byte[] {(byte) 0xFF}, new byte[8193])) {
                String message = assertThrows(
                                IllegalArgumentException.class,
                                () -> one.service().erase(user))
                        .getMessage();
                assertTrue(
                        message.startsWith("user: must be UTF-8 text of 1 to 8192 bytes. Found: " + user.length),
                        message);
                assertThrows(IllegalArgumentException.class, () -> one.service().findUser(user));
                assertThrows(IllegalArgumentException.class, () -> one.service().otherInstances(user));
            }
            one.awaitReady();
            one.service().erase(bytes("u".repeat(8192)));
            assertEquals(UNKNOWN, one.service().findUser(bytes("u".repeat(8192))));
        }
    }

    private ServiceInstance instance(String name, int port, TestCluster cluster) {
        Map<String, String> settings = with("127.0.0.1:" + port);
        if (name.equals("here")) {
            settings.put("num.standby.replicas", "1");
        }
        return new ServiceInstance(name, directory, cluster, settings);
    }

    private static Map<String, String> with(String address) {
        Map<String, String> settings = new TreeMap<>(SETTINGS);
        settings.put("application.server", address);
        return settings;
    }

    private void sendToPartition(TestCluster cluster, int partition, String user) {
        cluster.produce(new ProducerRecord<>(
                TestCluster.EVENTS,
                partition,
                time,
                bytes(user),
                TestCluster.bytes(TestEvent.counted("e", user, time).json())));
    }

    private static void awaitShares(TestCluster cluster, String... instances) {
        PollingWait.until(
                "The partitions are shared",
                PATIENCE,
                () -> Stream.of(instances)
                                .mapToInt(name ->
                                        cluster.partitionsOf(GROUP, name).size())
                                .filter(held -> held > 0)
                                .count()
                        == instances.length);
        PollingWait.until(
                "All partitions are held",
                PATIENCE,
                () -> Stream.of(instances)
                                .mapToInt(name ->
                                        cluster.partitionsOf(GROUP, name).size())
                                .sum()
                        == PARTITIONS);
    }

    private static String onlyHolder(Map<String, ServiceInstance> all, String user) {
        List<String> holders = all.entrySet().stream()
                .filter(entry -> entry.getValue().service().findUser(bytes(user)) instanceof UserState.Found)
                .map(Map.Entry::getKey)
                .toList();
        assertEquals(1, holders.size(), () -> user + " is held by " + holders);
        return holders.get(0);
    }

    private static void assertOthersNameItFirst(Map<String, ServiceInstance> all, String holder, String user) {
        all.forEach((address, instance) -> {
            List<String> named = instance.service().otherInstances(bytes(user));
            Set<String> others = new TreeSet<>(all.keySet());
            others.remove(address);
            assertEquals(others, new TreeSet<>(named));
            assertEquals(others.size(), named.size());
            if (!address.equals(holder)) {
                assertEquals(holder, named.get(0));
                assertEquals(ELSEWHERE, instance.service().findUser(bytes(user)));
            }
        });
    }

    private static Set<UserState> ask(Map<String, ServiceInstance> all, String user) {
        return Set.copyOf(all.values().stream()
                .map(instance -> instance.service().findUser(bytes(user)))
                .distinct()
                .toList());
    }

    private static void erasesOnlyWhatItIsAskedTo(Map<String, ServiceInstance> all, String user) throws Exception {
        all.get(onlyHolder(all, user)).service().erase(bytes(user));
        PollingWait.until("It is erased", PATIENCE, () -> ask(all, user).equals(Set.of(ELSEWHERE)));
        USERS.forEach(other -> onlyHolder(all, other));
    }

    /** Of a user whose events went by another rule than Kafka's, only the holder knows the partition. */
    private static void erasesWhoIsHeldByAnother(Map<String, ServiceInstance> all, String user) throws Exception {
        String holder = onlyHolder(all, user);
        String another = all.keySet().stream()
                .filter(name -> !name.equals(holder))
                .findFirst()
                .orElseThrow();
        all.get(another).service().erase(bytes(user));
        PollingWait.until("It is erased", PATIENCE, () -> ask(all, user).equals(Set.of(ELSEWHERE)));
        USERS.forEach(other -> onlyHolder(all, other));
    }

    private static void awaitFoundByAll(ServiceInstance here) {
        for (int partition = 0; partition < PARTITIONS; partition++) {
            byte[] user = bytes("user-" + partition);
            PollingWait.until(
                    "It is found",
                    PATIENCE,
                    () -> here.service().findUser(user) instanceof UserState.Found
                            && here.service().otherInstances(user).equals(List.of("127.0.0.1:2")));
        }
    }

    private void assertFound(UserState remembered) {
        List<Session> sessions = ((UserState.Found) remembered).timeline().sessions();
        assertEquals(1, sessions.size());
        assertEquals(time, sessions.get(0).start());
        assertTrue(sessions.get(0).isOpen());
    }

    private static byte[] bytes(String user) {
        return TestCluster.bytes(user);
    }
}
