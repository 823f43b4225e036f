package io.sessionizer.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sessionizer.event.format.EventFormat;
import io.sessionizer.event.format.FormatPreset;
import io.sessionizer.session.SessionId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The one pass over the bytes gives the same result as a tree of the same event, for any valid JSON. */
class EventReaderPropertyTest {
    private static final int EVENTS = 100_000;
    private static final EventFormat CLEVERTAP = FormatPreset.CLEVERTAP.format();
    private static final SessionId ID = new SessionId(0x0155e0a5_0001_7002L, 0x8003_0004_0005_0006L);

    private final JsonMapper mapper = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();
    private final EventReader byKey = new EventReader(CLEVERTAP, false);
    private final EventReader byPayload = new EventReader(CLEVERTAP, true);
    private final Stamper stamper = new Stamper(CLEVERTAP);
    private final Set<StampableEvent.Place> places = EnumSet.noneOf(StampableEvent.Place.class);

    @Test
    void agreesWithATree() throws IOException {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("EventReaderPropertyTest: seed=" + seed);
        RandomJson json = new RandomJson(new SplittableRandom(seed));
        int counting = 0;
        for (int i = 0; i < EVENTS; i++) {
            String event = json.event();
            JsonNode tree = mapper.readTree(event);
            assertAgrees(tree, event, byPayload, true);
            assertAgrees(tree, event, byKey, false);
            if (byKey.read(event.getBytes(UTF_8)) == Verdict.COUNTS) {
                counting++;
                assertStamps(tree, event);
            }
        }
        assertTrue(counting > EVENTS / 10, () -> "too few events count for the test to say much");
        assertEquals(EnumSet.complementOf(EnumSet.of(StampableEvent.Place.NOWHERE)), places);
    }

    private static void assertAgrees(JsonNode tree, String event, EventReader reader, boolean userInPayload) {
        Verdict verdict = reader.read(event.getBytes(UTF_8));
        String actual = verdict == Verdict.REJECTED ? reader.reason().name() : verdict.name();
        EventOracle oracle = new EventOracle(CLEVERTAP, userInPayload, tree, Map.of());
        assertEquals(oracle.verdict(), actual, event);
        JsonNode ts = tree.path("ts");
        boolean hasTime = !ts.isMissingNode() && !ts.isNull();
        assertEquals(oracle.time().orElse(EventReader.NO_TIME), reader.time(), event);
        assertEquals(!hasTime || reader.time() != EventReader.NO_TIME, reader.hasReadableTime(), event);
        if (userInPayload && !isNumber(reader.user())) {
            assertEquals(oracle.user().orElse(""), new String(reader.user(), UTF_8), event);
        }
    }

    // A number's spelling is not in the tree; EventReaderTest has the examples.
    private static boolean isNumber(byte[] user) {
        return user.length > 0 && (user[0] == '-' || user[0] >= '0' && user[0] <= '9');
    }

    private void assertStamps(JsonNode tree, String event) throws IOException {
        byte[] value = event.getBytes(UTF_8);
        StampableEvent stampable = byKey.stampable();
        int from = stampable.from();
        int to = stampable.to();
        places.add(stampable.place());
        byte[] stamped = stamper.stamp(stampable, ID);
        int spliced = stamped.length - value.length + to - from;
        ByteArrayOutputStream restored = new ByteArrayOutputStream();
        restored.write(stamped, 0, from);
        restored.write(value, from, to - from);
        restored.write(stamped, from + spliced, stamped.length - from - spliced);
        assertArrayEquals(value, restored.toByteArray(), event);

        ObjectNode expected = tree.deepCopy();
        ObjectNode data = expected.path("evtData").isObject()
                ? (ObjectNode) expected.path("evtData")
                : expected.putObject("evtData");
        data.put("CT Session ID", ID.toString());
        assertEquals(expected, mapper.readTree(stamped), event);
    }
}
