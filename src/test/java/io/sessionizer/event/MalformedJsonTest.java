package io.sessionizer.event;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.event.format.FormatPreset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What JSON in UTF-8 is (RFC 8259, RFC 3629), and what is not. */
class MalformedJsonTest {
    static final List<String> MALFORMED = List.of(
            "",
            " ",
            "{",
            "}",
            "[]",
            "null",
            "5",
            "\"a\"",
            "{}{}",
            "{} x",
            "{},",
            "{\"a\"}",
            "{\"a\":}",
            "{\"a\":1,}",
            "{,}",
            "{a:1}",
            "{'a':1}",
            "{\"a\":1 \"b\":2}",
            "{\"a\" 1}",
            "{1:1}",
            "{\"a\":1]",
            "{\"a\":[1}",
            "{\"a\":[1,]}",
            "{\"a\":[,]}",
            "{\"a\":[1 2]}",
            "{\"a\":tru}",
            "{\"a\":True}",
            "{\"a\":nul",
            "{\"a\":nulll}",
            "{\"a\":01}",
            "{\"a\":-}",
            "{\"a\":+1}",
            "{\"a\":.5}",
            "{\"a\":1.}",
            "{\"a\":1.e5}",
            "{\"a\":1e}",
            "{\"a\":1e+}",
            "{\"a\":0x1}",
            "{\"a\":NaN}",
            "{\"a\":-Infinity}",
            "{\"a\":1_0}",
            "{\"a\":--1}",
            "{\"a\":\"\\x\"}",
            "{\"a\":\"\\u12\"}",
            "{\"a\":\"\\u12G4\"}",
            "{\"a\":\"\\u123",
            "{\"a\":\"\\",
            "{\"a\":\"b",
            "{\"a\":\"\t\"}",
            "{\"a\":\"\n\"}",
            "{\"a\":\"\u0000\"}",
            "{\"\u001f\":1}",
            "{\u000b}",
            "{\u00a0}",
            "{/**/}",
            "{}//",
            "\ufeff{}",
            "{\"a\":\ufeff1}",
            "{\"a\":[{]}}",
            "{\"a\":[}]");
    static final List<String> WELL_FORMED = List.of(
            "{}",
            " {\t}\r\n",
            "{\"\":0}",
            "{\"a\":[]}",
            "{\"a\":[ ]}",
            "{\"a\":{ }}",
            "{\"a\":[{},[],[[1]]]}",
            "{\"a\":-0}",
            "{\"a\":-0.0e-0}",
            "{\"a\":1.10}",
            "{\"a\":1e400}",
            "{\"a\":1E+5}",
            "{\"a\":\"\\ud800\"}",
            "{\"a\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00Af\"}",
            "{\"a\":\"\u007f\"}",
            "{\"a\":\"é€😀\"}",
            "{\"a\":\"\ufeff\"}",
            "{\"a\":{\"b\":[true , false , null]},\"a\":1}");
    static final List<String> NOT_UTF_8 = List.of(
            "\u0080",
            "\u00bf",
            "\u00c0\u0080",
            "\u00c1\u00bf",
            "\u00c3",
            "\u00c3(",
            "\u00e0\u009f\u00bf",
            "\u00e2\u0082",
            "\u00e2(\u00a1",
            "\u00ed\u00a0\u0080",
            "\u00ed\u00bf\u00bf",
            "\u00f0\u008f\u00bf\u00bf",
            "\u00f0\u009f\u0098",
            "\u00f4\u0090\u0080\u0080",
            "\u00f5\u0080\u0080\u0080",
            "\u00ff");

    private final EventReader reader = new EventReader(FormatPreset.CLEVERTAP.format(), false);

    @ParameterizedTest
    @FieldSource("MALFORMED")
    void rejects(String json) {
        assertMalformed(json.getBytes(UTF_8));
    }

    @ParameterizedTest
    @FieldSource("WELL_FORMED")
    void accepts(String json) {
        assertWellFormed(json.getBytes(UTF_8));
    }

    @ParameterizedTest
    @FieldSource("NOT_UTF_8")
    void rejectsTextThatIsNotStrictUtf8(String bytesAsLatin1) {
        assertMalformed(("{\"a\":\"" + bytesAsLatin1 + "\"}").getBytes(ISO_8859_1));
        assertMalformed(("{\"" + bytesAsLatin1 + "\":1}").getBytes(ISO_8859_1));
        assertMalformed(("{\"a\":" + bytesAsLatin1 + "}").getBytes(ISO_8859_1));
        assertMalformed(("{\"a\":[{\"b\":\"" + bytesAsLatin1).getBytes(ISO_8859_1));
    }

    @Test
    void nestsToLevelThousandAndNoDeeper() {
        assertWellFormed(nested("[", "]", 999));
        assertMalformed(nested("[", "]", 1_000));
        assertWellFormed(nested("{\"a\":", "}", 999));
        assertMalformed(nested("{\"a\":", "}", 1_000));
        assertWellFormed(("{\"evtData\":{\"a\":" + "[".repeat(998) + "]".repeat(998) + "}}").getBytes(UTF_8));
        assertMalformed(("{\"evtData\":{\"a\":" + "[".repeat(999) + "]".repeat(999) + "}}").getBytes(UTF_8));
        assertMalformed(("{\"a\":" + "[".repeat(10_000_000)).getBytes(UTF_8));
        assertTrue(reader.detail().startsWith("Expected at most 1000 levels of nesting at byte "), reader.detail());
    }

    static byte[] nested(String open, String close, int levels) {
        String inner = open.equals("[") ? "" : "1";
        return ("{\"a\":" + open.repeat(levels) + inner + close.repeat(levels) + "}").getBytes(UTF_8);
    }

    private void assertMalformed(byte[] json) {
        assertEquals(Verdict.REJECTED, reader.read(json));
        assertEquals(RejectionReason.MALFORMED_JSON, reader.reason());
        assertTrue(reader.detail().startsWith("Expected ") && reader.detail().endsWith("."), reader.detail());
    }

    private void assertWellFormed(byte[] json) {
        assertEquals(Verdict.REJECTED, reader.read(json));
        assertEquals(RejectionReason.NO_EVENT_NAME, reader.reason());
    }
}
