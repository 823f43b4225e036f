package io.sessionizer.kafka.state;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.kafka.StreamDriver;
import io.sessionizer.kafka.TestSettings;
import io.sessionizer.kafka.config.NodeNames;
import io.sessionizer.kafka.config.SessionizerSettings.Uncounted;
import io.sessionizer.kafka.config.SessionizerSettings.UserFrom;
import io.sessionizer.session.Published;
import io.sessionizer.stats.OpenCounts;
import io.sessionizer.stats.QuarterHourStats;
import io.sessionizer.stats.SessionStats;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.LongStream;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class QuarterHourStoreTest {
    private static final byte[] OPEN_KEY = {};
    private static final byte[] TOPIC_KEY = {0};
    private static final UUID TOPIC = new UUID(1, 2);
    private static final UUID OTHER_TOPIC = new UUID(1, 3);

    private final StreamDriver stream = new StreamDriver(TestSettings.of(UserFrom.KEY, Uncounted.DROP, Map.of()), 0);
    private final KeyValueStore<byte[], byte[]> store = stream.store(NodeNames.BOARD);
    private QuarterHourStore quarterHours = new QuarterHourStore(store);

    @AfterEach
    void close() {
        stream.close();
    }

    @Test
    void storesAChangedRowOnceACommit() {
        quarterHours.rowForUpdate(7).add(stats(3));
        assertNull(store.get(key(7)), "not for each change");
        quarterHours.beforeCommit();
        assertNotNull(store.get(key(7)));
        assertEquals(stats(3), new QuarterHourStore(store).row(7));
    }

    @Test
    void isEmptyWhereNothingIsStored() {
        assertEquals(new QuarterHourStats(), quarterHours.row(7));
        assertEquals(Optional.empty(), quarterHours.openCounts());
        assertFalse(quarterHours.hasUnpublished());
    }

    /** Some are flushed before the commit, to make room for others. */
    @Test
    void keepsAllRows_howeverManyChangeBetweenTwoCommits() {
        for (int round = 1; round <= 3; round++) {
            for (long quarterHour = 0; quarterHour < 100; quarterHour++) {
                quarterHours.rowForUpdate(quarterHour).add(stats((int) quarterHour));
            }
        }
        assertNull(store.get(OPEN_KEY));
        reopen();
        for (long quarterHour = 0; quarterHour < 100; quarterHour++) {
            QuarterHourStats expected = stats((int) quarterHour);
            expected.add(stats((int) quarterHour));
            expected.add(stats((int) quarterHour));
            assertEquals(expected, quarterHours.row(quarterHour));
        }
    }

    @Test
    void hasEachChangedRowToPublish_theLatestFirst() {
        for (long quarterHour : new long[] {5, 9, 7}) {
            quarterHours.rowForUpdate(quarterHour).add(stats(1));
        }
        assertEquals(List.of(9L, 7L, 5L), published());
        quarterHours.rowForUpdate(7).add(stats(1));
        assertEquals(List.of(7L), published(), "it has changed again");
    }

    @Test
    void knowsAfterARestartWhatIsNotPublished() {
        for (long quarterHour = 0; quarterHour < 100; quarterHour++) {
            quarterHours.rowForUpdate(quarterHour).add(stats(1));
        }
        quarterHours.beforeCommit();
        assertEquals(99, quarterHours.pollUnpublished());
        assertEquals(98, quarterHours.pollUnpublished());
        reopen();
        assertEquals(LongStream.iterate(97, each -> each - 1).limit(98).boxed().toList(), published());
        reopen();
        assertEquals(List.of(), published());
    }

    /** A row that cannot be read shows when it is read. */
    @Test
    void readsNoRowAtTheStart_andABoundedNumberAtATime() {
        for (long quarterHour = 0; quarterHour < 10; quarterHour++) {
            quarterHours.rowForUpdate(quarterHour).add(stats(1));
        }
        quarterHours.beforeCommit();
        store.put(key(3), new byte[] {0, 0});
        quarterHours = new QuarterHourStore(store);
        assertFalse(quarterHours.hasUnpublished());
        quarterHours.checkStored(4);
        quarterHours.checkStored(2);
        for (long quarterHour = 9; quarterHour >= 4; quarterHour--) {
            assertEquals(quarterHour, quarterHours.pollUnpublished());
        }
        assertFalse(quarterHours.hasUnpublished());
        assertThrows(IllegalStateException.class, () -> quarterHours.checkStored(1));
    }

    @Test
    void publishesARowOnce_thatHasChangedBeforeItWasChecked() {
        quarterHours.rowForUpdate(7).add(stats(1));
        quarterHours.beforeCommit();
        quarterHours = new QuarterHourStore(store);
        quarterHours.rowForUpdate(7).add(stats(1));
        assertEquals(7, quarterHours.pollUnpublished());
        assertEquals(List.of(), published());
        reopen();
        assertEquals(List.of(), published());
    }

    @Test
    void removesEarlierRows_storedOrNot() {
        quarterHours.rowForUpdate(5).add(stats(1));
        quarterHours.rowForUpdate(6).add(stats(1));
        quarterHours.beforeCommit();
        quarterHours.rowForUpdate(7).add(stats(1));
        quarterHours.rowForUpdate(8).add(stats(1));
        List<Long> removed = new ArrayList<>();
        quarterHours.removeBefore(8, removed::add);
        assertEquals(List.of(5L, 6L, 7L), removed);
        quarterHours.removeBefore(8, removed::add);
        assertEquals(3, removed.size(), "once");
        assertNull(store.get(key(5)));
        assertNull(store.get(key(7)));
        assertEquals(List.of(8L), published());
        reopen();
        assertEquals(new QuarterHourStats(), quarterHours.row(7));
        assertEquals(stats(1), quarterHours.row(8));
    }

    @Test
    void storesWhatIsOpenUnderTheEmptyKey_withTheCommitAlone() {
        quarterHours.setOpenCounts(new OpenCounts(24, 300));
        quarterHours.setOpenCounts(new OpenCounts(25, 300));
        assertNull(store.get(OPEN_KEY));
        assertEquals(Optional.of(new OpenCounts(25, 300)), quarterHours.openCounts());
        quarterHours.beforeCommit();
        assertArrayEquals(new byte[] {1, 25, (byte) 0xac, 2}, store.get(OPEN_KEY));
        reopen();
        assertEquals(Optional.of(new OpenCounts(25, 300)), quarterHours.openCounts());
        store.delete(OPEN_KEY);
        quarterHours.beforeCommit();
        assertNull(store.get(OPEN_KEY), "it has not changed");
    }

    @Test
    void publishesAllRowsAgain_toAnotherTopic() {
        publishRows(TOPIC, 5);
        reopen();
        quarterHours.publishTo(TOPIC);
        assertEquals(List.of(), published(), "to the same topic");
        reopen();
        quarterHours.publishTo(OTHER_TOPIC);
        assertEquals(List.of(4L, 3L, 2L, 1L, 0L), published());
        reopen();
        quarterHours.publishTo(OTHER_TOPIC);
        assertEquals(List.of(), published(), "once");
    }

    @Test
    void publishesAllRowsAgain_whereItWasNotDoneBeforeACrash() {
        publishRows(TOPIC, 5);
        for (int start = 0; start < 2; start++) {
            reopen();
            quarterHours.publishTo(OTHER_TOPIC);
            quarterHours.checkStored(4);
            assertEquals(4, quarterHours.pollUnpublished());
            quarterHours.rowForUpdate(4).add(stats(1));
        }
        reopen();
        quarterHours.publishTo(OTHER_TOPIC);
        assertEquals(List.of(4L, 3L, 2L, 1L, 0L), published());
    }

    /** State of a version that stored no id. */
    @Test
    void adoptsTheTopic_whereNoneIsStored() {
        store.delete(TOPIC_KEY);
        for (long quarterHour = 0; quarterHour < 5; quarterHour++) {
            quarterHours.rowForUpdate(quarterHour).add(stats(1));
        }
        published();
        reopen();
        quarterHours.publishTo(TOPIC);
        assertEquals(List.of(), published());
        assertTrue(quarterHours.hasUnsaved());
        reopen();
        quarterHours.publishTo(OTHER_TOPIC);
        assertEquals(5, published().size());
    }

    private void publishRows(UUID topic, int rows) {
        quarterHours.publishTo(topic);
        for (long quarterHour = 0; quarterHour < rows; quarterHour++) {
            quarterHours.rowForUpdate(quarterHour).add(stats(1));
        }
        assertEquals(rows, published().size());
    }

    private void reopen() {
        quarterHours.beforeCommit();
        quarterHours = new QuarterHourStore(store);
    }

    private List<Long> published() {
        quarterHours.checkStored(Integer.MAX_VALUE);
        List<Long> published = new ArrayList<>();
        while (quarterHours.hasUnpublished()) {
            published.add(quarterHours.pollUnpublished());
        }
        return published;
    }

    private static QuarterHourStats stats(int seconds) {
        SessionStats sessions = new SessionStats();
        sessions.count(new Published(0, seconds * 1000L, 2));
        return new QuarterHourStats(sessions, seconds + 1, 2);
    }

    private static byte[] key(long quarterHour) {
        return ByteBuffer.allocate(Long.BYTES).putLong(quarterHour).array();
    }
}
