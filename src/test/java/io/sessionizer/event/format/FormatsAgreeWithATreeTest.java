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
 * In each format, and with random locations, the single pass over the bytes gives the same verdict as a tree of the
 * same event, and the stamp changes nothing else. No mutated or random input makes the reader throw.
 */
class FormatsAgreeWithATreeTest {
    private static final int INPUTS = Integer.getInteger("format.inputs", 10_000);
    private static final int FORMATS = 200;
    private static final int MANY_INPUTS = 1_000_000;
    private static final int PREFIX_LENGTH = 5;
    private static final String[] NAMES = {"a", "b", "c", "é", "a/b", ""};

    private static final String NOT_UTF_8 = "\u00c3(";
    private static final List<String> BESIDE =
            List.of("key", "header:h0", "header:h1", "header:ce_subject", "header:ce_type", "header:ce_time");
    private static final List<String> TEXTS =
            List.of("", "go", "é", "event", NOT_UTF_8, "1468308340", "2016-07-12T07:25:40Z", "Session Concluded");

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
        List<Subject> subjects = List.of(Subject.of(format, true), Subject.of(format, false));
        boolean isParsed = !isBesideOnly(format);
        int counting = 0;
        for (int i = 0; i < inputs; i++) {
            Input input = new Input(value(i, events, random), beside(random));
            if (isReadOtherwiseByJackson(input.value())) {
                continue;
            }
            Optional<JsonNode> tree = isParsed ? tree(input.value()) : Optional.of(mapper.createObjectNode());
            for (Subject subject : subjects) {
                counting += assertAgrees(subject, input, tree) ? 1 : 0;
            }
        }
        return counting;
    }

    /** A record's value, and its key and headers by location. */
    private record Input(byte[] value, Map<String, byte[]> beside) {
        Optional<byte[]> key() {
            return Optional.ofNullable(beside.get("key"));
        }

        HeaderLookup headers() {
            return name -> Optional.ofNullable(beside.get("header:" + name));
        }
    }

    /** The tested classes, in one format. */
    private record Subject(EventFormat format, boolean userInPayload, EventReader reader, Stamper stamper) {
        static Subject of(EventFormat format, boolean userInPayload) {
            return new Subject(format, userInPayload, new EventReader(format, userInPayload), new Stamper(format));
        }
    }

    private static byte[] value(int number, RandomEvents events, SplittableRandom random) {
        byte[] event = events.event().getBytes(UTF_8);
        byte[] value =
                switch (number % 16) {
                    case 0 -> MutatedInput.noise(random);
                    case 1, 2, 3, 4, 5 -> MutatedInput.of(event, random);
                    default -> event;
                };
        return number % 16 % 5 == 0 ? framed(value, random) : value;
    }

    private static byte[] framed(byte[] value, SplittableRandom random) {
        ByteBuffer framed = ByteBuffer.allocate(PREFIX_LENGTH + value.length);
        return framed.put((byte) 0).putInt(random.nextInt()).put(value).array();
    }

    /** Whether the event counts. */
    private boolean assertAgrees(Subject subject, Input input, Optional<JsonNode> tree) throws IOException {
        EventReader reader = subject.reader();
        Verdict verdict = reader.read(input.value(), input.key(), input.headers());
        String actual = verdict == Verdict.REJECTED ? reader.reason().name() : verdict.name();
        if (verdict == Verdict.REJECTED) {
            assertTrue(reader.detail().length() <= 200, () -> describe(subject, input));
        }
        if (tree.isEmpty()) {
            assertEquals("MALFORMED_JSON", actual, () -> describe(subject, input));
            return false;
        }
        EventOracle oracle = new EventOracle(subject.format(), subject.userInPayload(), tree.get(), input.beside());
        assertEquals(oracle.verdict(), actual, () -> describe(subject, input));
        assertEquals(oracle.time().orElse(EventReader.NO_TIME), reader.time(), () -> describe(subject, input));
        if (subject.userInPayload() && !isNumber(reader.user())) {
            assertEquals(oracle.user().orElse(""), new String(reader.user(), UTF_8), () -> describe(subject, input));
        }
        if (verdict == Verdict.COUNTS) {
            assertStamps(subject, oracle, input);
        }
        return verdict == Verdict.COUNTS;
    }

    // The tree does not keep a number's spelling; EventReaderTest has examples.
    private static boolean isNumber(byte[] user) {
        return user.length > 0 && (user[0] == '-' || user[0] >= '0' && user[0] <= '9');
    }

    private void assertStamps(Subject subject, EventOracle oracle, Input input) throws IOException {
        StampableEvent event = subject.reader().stampable();
        SessionId id =
                SampleIds.of(1_468_308_340_123L).in(subject.format().stamp().form());
        byte[] stamped = subject.stamper().stamp(event, id);
        assertTrue(stamped.length <= subject.stamper().maxStampedLength(event));
        int after = event.value().length - event.to();
        assertArrayEquals(Arrays.copyOf(event.value(), event.from()), Arrays.copyOf(stamped, event.from()));
        assertArrayEquals(
                Arrays.copyOfRange(event.value(), event.to(), event.value().length),
                Arrays.copyOfRange(stamped, stamped.length - after, stamped.length));
        if (!isBesideOnly(subject.format())) {
            assertEquals(Optional.of(oracle.stamped(id)), tree(stamped), () -> describe(subject, input));
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

    /** Empty if the value is not a JSON object, with or without a schema registry's prefix. */
    private Optional<JsonNode> tree(byte[] input) {
        try {
            int from = input.length >= PREFIX_LENGTH && input[0] == 0 ? PREFIX_LENGTH : 0;
            String text = UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(input, from, input.length - from))
                    .toString();
            return Optional.of(mapper.readTree(text)).filter(JsonNode::isObject);
        } catch (CharacterCodingException | JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /**
     * Surrogates, invalid hexadecimal digits in escapes, large exponents, and offsets beyond 18 hours, which the JDK
     * does not read.
     */
    private static boolean isReadOtherwiseByJackson(byte[] input) {
        return READ_OTHERWISE.matcher(new String(input, ISO_8859_1)).find();
    }

    private static Map<String, byte[]> beside(SplittableRandom random) {
        Map<String, byte[]> beside = new HashMap<>();
        for (String location : BESIDE) {
            if (random.nextInt(4) > 0) {
                String text = TEXTS.get(location.equals("header:ce_time") ? random.nextInt(4, 8) : random.nextInt(8));
                beside.put(location, text.getBytes(text.equals(NOT_UTF_8) ? ISO_8859_1 : UTF_8));
            }
        }
        return beside;
    }

    private static String describe(Subject subject, Input input) {
        StringBuilder beside = new StringBuilder();
        input.beside()
                .forEach((location, text) -> beside.append(location)
                        .append('=')
                        .append(new String(text, ISO_8859_1))
                        .append(", "));
        return new String(input.value(), UTF_8) + " beside " + beside + " in "
                + subject.format().locations() + subject.format().stamp();
    }
}
