package io.sessionizer.event;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Bytes similar to those of an event: a few are changed, removed or repeated, or pieces of JSON are inserted. */
public final class MutatedInput {
    private static final String[] TOKENS = {
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "\\",
        "\\u",
        "\\ud800",
        "null",
        "true",
        "false",
        "0",
        "-",
        ".",
        "e",
        "1e999999999",
        " ",
        "\n",
        "\t",
        "\u0000",
        "\u001f",
        "\u007f",
        "\"evtData\":",
        "\"evtData\":{",
        "\"evtName\":\"a\"",
        "\"ts\":",
        "\"type\":",
        "\"CT Session ID\":",
        "\u00c3",
        "\u00ed\u00a0\u0080",
        "\u00f4\u0090\u0080\u0080",
        "\u00ef\u00bb\u00bf",
        "\u00e2\u0082\u00ac"
    };

    private MutatedInput() {}

    public static byte[] of(byte[] event, SplittableRandom random) {
        byte[] input = event;
        for (int i = random.nextInt(4); i > 0 && input.length > 0; i--) {
            int at = random.nextInt(input.length);
            int to = Math.min(input.length, at + 1 + random.nextInt(8));
            input = switch (random.nextInt(7)) {
                case 0 -> replaced(input, at, at + 1, new byte[] {(byte) random.nextInt(256)});
                case 1 -> replaced(input, at, at + 1, new byte[] {(byte) (input[at] ^ 1 << random.nextInt(8))});
                case 2 -> replaced(input, at, to, new byte[0]);
                case 3 -> replaced(input, at, at, Arrays.copyOfRange(input, at, to));
                case 4 -> replaced(input, at, at, TOKENS[random.nextInt(TOKENS.length)].getBytes(ISO_8859_1));
                case 5 -> random.nextInt(20) == 0 ? Arrays.copyOf(input, at) : input;
                default -> random.nextInt(500) == 0 ? deepened(input, at, random) : input;
            };
        }
        return input;
    }

    /** Random bytes, or random pieces of JSON. */
    public static byte[] noise(SplittableRandom random) {
        if (random.nextBoolean()) {
            byte[] bytes = new byte[random.nextInt(64)];
            random.nextBytes(bytes);
            return bytes;
        }
        StringBuilder text = new StringBuilder("{");
        for (int i = random.nextInt(12); i > 0; i--) {
            text.append(TOKENS[random.nextInt(TOKENS.length)]);
        }
        return text.append(random.nextBoolean() ? "}" : "").toString().getBytes(ISO_8859_1);
    }

    /** Inserts nesting around the limit after a colon, if there is one. */
    private static byte[] deepened(byte[] input, int at, SplittableRandom random) {
        int colon = at;
        while (colon < input.length && input[colon] != ':') {
            colon++;
        }
        int levels = 990 + random.nextInt(15);
        byte[] nest = ("[".repeat(levels) + "]".repeat(levels) + ",\"z\":").getBytes(UTF_8);
        return colon == input.length ? input : replaced(input, colon + 1, colon + 1, nest);
    }

    private static byte[] replaced(byte[] input, int from, int to, byte[] by) {
        byte[] out = new byte[input.length - (to - from) + by.length];
        System.arraycopy(input, 0, out, 0, from);
        System.arraycopy(by, 0, out, from, by.length);
        System.arraycopy(input, to, out, from + by.length, input.length - to);
        return out;
    }
}
