package io.sessionizer.event.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sessionizer.event.EventOracle;
import io.sessionizer.event.EventReader;
import io.sessionizer.event.HeaderLookup;
import io.sessionizer.event.MutatedInput;
import io.sessionizer.event.StampableEvent;
import io.sessionizer.event.Stamper;
import io.sessionizer.event.Verdict;
import io.sessionizer.session.SampleIds;
import io.sessionizer.session.SessionId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * In each format, and with locations at random, the one pass over the bytes gives the same verdict as a tree of the same event,
 * and the stamp changes nothing else; no mutated or random input makes the reader throw.
 */
class FormatsAgreeWithATreeTest {
    private static final int INPUTS = Integer.getInteger("format.inputs", 10_000);
    private static final int FORMATS = 200;
    private static final int MANY_INPUTS = 1_000_000;
    private static final String[] NAMES = {"a", "b", "c", "é", "a/b", ""};

    private static final Pattern READ_OTHERWISE = Pattern.compile(
            "\\\\u[dD][89a-fA-F]|\\\\u[0-9a-fA-F]{0,3}[\\x80-\\xff]" + "|[eE][+-]?[0-9]{4}|[+-](1[89]|2[0-3]):");

    private final JsonMapper mapper = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    @ParameterizedTest
    @EnumSource(FormatPreset.class)
    void agreeOnValidAndMutatedInputs(FormatPreset preset) throws IOException {
        assertAgree(preset.format(), INPUTS);
    }

    @Tag("long")
    @ParameterizedTest
    @EnumSource(FormatPreset.class)
    void agreeOnAMillionInputs(FormatPreset preset) throws IOException {
        assertAgree(preset.format(), MANY_INPUTS);
    }

    @Test
    void agreeWithLocationsAtRandom() throws IOException {
        SplittableRandom random = seeded();
        for (int i = 0; i < FORMATS; i++) {
            assertAgree(FormatPreset.CLEVERTAP.format(overrides(random)), random, INPUTS / 100);
        }
    }

    private static SplittableRandom seeded() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("FormatsAgreeWithATreeTest: -Dseed=" + seed);
        return new SplittableRandom(seed);
    }

    private static Map<String, String> overrides(SplittableRandom random) {
        Map<String, String> overrides = new HashMap<>();
        for (EventField field : EventField.values()) {
            overrides.put(field.key(), locations(field, random));
        }
        overrides.put(SessionStamp.KEY, random.nextInt(6) == 0 ? "s" : pointer(random) + "/s");
        overrides.put("event.types", random.nextBoolean() ? "" : "go,event");
        overrides.put("event.session.form", random.nextBoolean() ? "uuid" : "epoch.millis");
        overrides.put("event.time.zone", random.nextBoolean() ? "" : "Europe/Berlin");
        return overrides;
    }

    private static String locations(EventField field, SplittableRandom random) {
        List<String> locations = new ArrayList<>();
        for (int i = random.nextInt(field.isOptional() ? 0 : 1, 4); i > 0; i--) {
            locations.add(
                    switch (random.nextInt(field == EventField.DATA ? 2 : 6)) {
                        case 0, 1, 2 -> pointer(random);
                        case 3 -> "b";
                        case 4 -> "header:h" + random.nextInt(2);
                        default -> "key";
                    });
        }
        return String.join(",", locations);
    }

    private static String pointer(SplittableRandom random) {
        StringBuilder pointer = new StringBuilder();
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            pointer.append('/').append(NAMES[random.nextInt(NAMES.length)].replace("/", "~1"));
        }
        return pointer.toString();
    }

    private void assertAgree(EventFormat format, int inputs) throws IOException {
        int counting = assertAgree(format, seeded(), inputs);
        assertTrue(counting > inputs / 100, () -> "too few events count for the test to say much: " + counting);
    }

    private int assertAgree(EventFormat format, SplittableRandom random, int inputs) throws IOException {
        RandomEvents events = new RandomEvents(format, random);
        boolean isParsed = !isBesideOnly(format);
        int counting = 0;
        for (int i = 0; i < inputs; i++) {
            byte[] event = events.event().getBytes(UTF_8);
            byte[] input = i % 3 == 0 ? MutatedInput.of(event, random) : event;
            if (isReadOtherwiseByJackson(input)) {
                continue;
            }
            Map<String, String> beside = beside(random);
            for (boolean userInPayload : new boolean[] {true, false}) {
                EventReader reader = new EventReader(format, userInPayload);
                Verdict verdict = reader.read(input, key(beside), headers(beside));
                Optional<JsonNode> tree = isParsed ? tree(input) : Optional.of(mapper.createObjectNode());
                if (tree.isPresent()) {
                    EventOracle oracle = new EventOracle(format, userInPayload, tree.get(), beside);
                    assertEquals(oracle.verdict(), verdict(reader, verdict), () -> describe(format, input, beside));
                    counting += verdict == Verdict.COUNTS ? 1 : 0;
                    if (verdict == Verdict.COUNTS) {
                        assertStamps(format, reader, oracle, isParsed);
                    }
                } else {
                    assertEquals("MALFORMED_JSON", verdict(reader, verdict), () -> describe(format, input, beside));
                }
            }
        }
        return counting;
    }

    private void assertStamps(EventFormat format, EventReader reader, EventOracle oracle, boolean isParsed)
            throws IOException {
        assertEquals(oracle.time().orElse(EventReader.NO_TIME), reader.time());
        StampableEvent event = reader.stampable();
        Stamper stamper = new Stamper(format);
        SessionId id = SampleIds.of(1_468_308_340_123L).in(format.stamp().form());
        byte[] stamped = stamper.stamp(event, id);
        assertTrue(stamped.length <= stamper.maxStampedLength(event));
        int after = event.value().length - event.to();
        assertArrayEquals(Arrays.copyOf(event.value(), event.from()), Arrays.copyOf(stamped, event.from()));
        assertArrayEquals(
                Arrays.copyOfRange(event.value(), event.to(), event.value().length),
                Arrays.copyOfRange(stamped, stamped.length - after, stamped.length));
        if (isParsed) {
            assertEquals(oracle.stamped(id), mapper.readTree(stamped));
        }
    }

    private static boolean isBesideOnly(EventFormat format) {
        return format.dataPaths().stream()
                .allMatch(data -> data.isEmpty()
                        && format.sessionPath(data).isEmpty()
                        && Arrays.stream(EventField.values())
                                .flatMap(field -> format.of(field).stream())
                                .allMatch(location -> location.path(data).isEmpty()));
    }

    private static String verdict(EventReader reader, Verdict verdict) {
        return verdict == Verdict.REJECTED ? reader.reason().name() : verdict.name();
    }

    /** Empty if it is no object in JSON. */
    private Optional<JsonNode> tree(byte[] input) {
        try {
            String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(input)).toString();
            return Optional.of(mapper.readTree(text)).filter(JsonNode::isObject);
        } catch (CharacterCodingException | JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /**
     * Surrogates and characters that are no hexadecimal digits in escapes, large exponents, a registry's prefix, and offsets
     * beyond 18 hours, which the JDK does not read.
     */
    private static boolean isReadOtherwiseByJackson(byte[] input) {
        return READ_OTHERWISE.matcher(new String(input, ISO_8859_1)).find() || input.length > 0 && input[0] == 0;
    }

    private static Map<String, String> beside(SplittableRandom random) {
        Map<String, String> beside = new HashMap<>();
        for (String location :
                List.of("key", "header:h0", "header:h1", "header:ce_subject", "header:ce_type", "header:ce_time")) {
            if (random.nextInt(4) > 0) {
                beside.put(
                        location,
                        List.of("", "go", "é", "1468308340", "2016-07-12T07:25:40Z", "Session Concluded")
                                .get(location.equals("header:ce_time") ? random.nextInt(3, 6) : random.nextInt(6)));
            }
        }
        return beside;
    }

    private static Optional<byte[]> key(Map<String, String> beside) {
        return Optional.ofNullable(beside.get("key")).map(text -> text.getBytes(UTF_8));
    }

    private static HeaderLookup headers(Map<String, String> beside) {
        return name -> Optional.ofNullable(beside.get("header:" + name)).map(text -> text.getBytes(UTF_8));
    }

    private static String describe(EventFormat format, byte[] input, Map<String, String> beside) {
        return new String(input, UTF_8) + " beside " + beside + " in " + format.locations() + format.stamp();
    }
}
