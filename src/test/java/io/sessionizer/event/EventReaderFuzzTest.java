package io.sessionizer.event;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.sessionizer.event.format.FormatPreset;
import io.sessionizer.session.SessionId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * No input makes the reader throw, loop or take long, and what it accepts is JSON. A mutated or random
 * input is well formed if and only if the JDK's strict decoder takes it for UTF-8 and Jackson takes the characters for
 * one JSON object with nothing after it. Jackson does not decode here since its decoder lets surrogates and overlong
 * forms through. It is stricter than RFC 8259 in one thing, half a surrogate pair escaped in a field's name, so it is
 * shown another character there. Duplicate fields are well formed for both; both refuse a depth above 1,000.
 */
class EventReaderFuzzTest {
    private static final int INPUTS = Integer.getInteger("max", 1_000_000);
    private static final long LONGEST_MS = 5_000;
    private static final SessionId ID = new SessionId(0x0155e0a5_0001_7002L, 0x8003_0004_0005_0006L);
    private static final SessionId OTHER = new SessionId(0x0255e0a6_f00f_7abcL, 0x9def_1234_5678_9abcL);
    private static final Pattern HALF_PAIR = Pattern.compile("\\\\u[dD][89a-fA-F]");
    /** Jackson takes the lower eight bits of a character here, and U+0245 for an E. */
    private static final Pattern NO_HEX_DIGIT = Pattern.compile("\\\\u[0-9a-fA-F]{0,3}[\\x80-\\xff]");

    private final JsonFactory jackson = JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(1_000)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();
    private final EventReader byKey = new EventReader(FormatPreset.CLEVERTAP.format(), false);
    private final EventReader byPayload = new EventReader(FormatPreset.CLEVERTAP.format(), true);
    private final Stamper stamper = new Stamper(FormatPreset.CLEVERTAP.format());

    @Test
    void survivesAMillionInputs_andAcceptsWhatJacksonAccepts() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("EventReaderFuzzTest: seed=" + seed);
        SplittableRandom random = new SplittableRandom(seed);
        RandomJson json = new RandomJson(random);
        int wellFormed = 0;
        int stamped = 0;
        for (int i = 0; i < INPUTS; i++) {
            byte[] input = i % 10 == 0
                    ? MutatedInput.noise(random)
                    : MutatedInput.of(json.event().getBytes(UTF_8), random);
            if (NO_HEX_DIGIT.matcher(new String(input, ISO_8859_1)).find()) {
                continue;
            }
            Verdict verdict = read(input);
            assertEquals(isWellFormed(input), isAccepted(verdict), () -> describe(input));
            wellFormed += isAccepted(verdict) ? 1 : 0;
            if (verdict == Verdict.COUNTS) {
                stamped++;
                assertStampsTwice(input);
            }
        }
        assertTrue(wellFormed > INPUTS / 20 && wellFormed < INPUTS * 9 / 10, "well formed: " + wellFormed);
        assertTrue(stamped > INPUTS / 50, "stamped: " + stamped);
    }

    private Verdict read(byte[] input) {
        long start = System.nanoTime();
        if (byPayload.read(input) == Verdict.REJECTED) {
            assertTrue(byPayload.detail().length() <= 200, () -> describe(input));
        }
        Verdict verdict = byKey.read(input);
        assertTrue((System.nanoTime() - start) / 1_000_000 < LONGEST_MS, () -> describe(input));
        return verdict;
    }

    private boolean isAccepted(Verdict verdict) {
        return verdict != Verdict.REJECTED || byKey.reason() != RejectionReason.MALFORMED_JSON;
    }

    private void assertStampsTwice(byte[] input) {
        byte[] first = stamper.stamp(byKey.stampable(), ID);
        assertEquals(Verdict.COUNTS, byKey.read(first), () -> describe(input));
        StampableEvent again = byKey.stampable();
        assertEquals(StampableEvent.Place.STAMPED, again.place(), () -> describe(input));
        assertEquals(SessionId.LENGTH + 2, again.to() - again.from(), () -> describe(input));
        byte[] second = stamper.stamp(again, OTHER);
        OTHER.writeJsonTo(first, again.from());
        assertArrayEquals(first, second, () -> describe(input));
    }

    private boolean isWellFormed(byte[] input) {
        try {
            // after a schema registry's prefix
            int from = input.length >= 5 && input[0] == 0 ? 5 : 0;
            CharBuffer text = UTF_8.newDecoder().decode(ByteBuffer.wrap(input, from, input.length - from));
            if (text.length() > 0 && text.charAt(0) == '\ufeff') {
                return false;
            }
            return isObject(HALF_PAIR.matcher(text).replaceAll("\\\\u00").toCharArray());
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private boolean isObject(char[] text) {
        try (JsonParser parser = jackson.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            while (!parser.getParsingContext().inRoot()) {
                parser.nextToken();
            }
            return parser.nextToken() == null;
        } catch (IOException e) {
            return false;
        }
    }

    private static String describe(byte[] input) {
        return Arrays.toString(input) + " = " + new String(input, UTF_8);
    }
}
