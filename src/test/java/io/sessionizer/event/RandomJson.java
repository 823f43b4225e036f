package io.sessionizer.event;

import java.util.SplittableRandom;

/** Random events as text: valid JSON, mostly near the shape of the specification, in every spelling that the grammar has. */
final class RandomJson {
    private static final String[] EVENT_KEYS = {
        "identity",
        "objectId",
        "type",
        "evtName",
        "ts",
        "evtData",
        "evt\\u0044ata",
        "t\\u0073",
        "x",
        "",
        "CT Source",
        "é"
    };
    private static final String[] DATA_KEYS = {
        "CT Source", "CT Session ID", "CT\\u0020Session ID", "evtData", "ts", "type", "Product", "\\u0000", "😀"
    };
    private static final String[] TEXTS = {
        "event",
        "API",
        "Web",
        "App Installed",
        "Identity\\u0020Set",
        "Session Concluded",
        "Product Viewed",
        "",
        "u-1",
        "\\ud83d\\ude00",
        "\\ud83d",
        "\\ude00x",
        "é€😀",
        "a\\\"b\\\\\\/\\b\\f\\n\\r\\t",
        "2016-07-12T07:25:40.125+05:30",
        "2016-02-30T00:00:00Z",
        "1999-12-31t23:59:59z",
        "\\u0032016-07-12T07:25:40Z",
        "{}",
        "null"
    };
    private static final String[] NUMBERS = {
        "0",
        "-0",
        "1.10",
        "1e400",
        "1468308340",
        "1468308340.1239",
        "1468308340123",
        "99999999999.9999",
        "100000000000",
        "1.468e9",
        "-1",
        "-0.001",
        "253402300799999",
        "253402300800000",
        "1E-7",
        "12345678901234567890",
        "0.5e1"
    };

    private final SplittableRandom random;

    RandomJson(SplittableRandom random) {
        this.random = random;
    }

    /** An object whose evtName, type and time are mostly such that the event counts. */
    String event() {
        StringBuilder json = new StringBuilder(space()).append('{').append(space());
        int members = random.nextInt(9);
        boolean isFirst = true;
        if (random.nextInt(8) > 0) {
            json.append("\"evtName\":").append(random.nextInt(6) > 0 ? "\"Charged\"" : value(2));
            isFirst = false;
        }
        for (int i = 0; i < members; i++) {
            json.append(isFirst ? "" : space() + "," + space());
            isFirst = false;
            String key = pick(EVENT_KEYS);
            json.append('"').append(key).append('"').append(space()).append(':').append(space());
            json.append(valueOf(key));
        }
        return json.append(space()).append('}').append(space()).toString();
    }

    private String valueOf(String key) {
        boolean isPlain = random.nextInt(4) > 0;
        return switch (key) {
            case "type" -> isPlain ? "\"event\"" : value(2);
            case "evtName" -> isPlain ? "\"Charged\"" : value(2);
            case "ts", "t\\u0073" -> isPlain ? pick(NUMBERS) : value(2);
            case "evtData", "evt\\u0044ata" -> isPlain ? object(3) : value(2);
            default -> value(3);
        };
    }

    private String value(int levels) {
        return switch (random.nextInt(levels > 0 ? 8 : 6)) {
            case 0, 1 -> '"' + pick(TEXTS) + '"';
            case 2, 3 -> pick(NUMBERS);
            case 4 -> "null";
            case 5 -> random.nextBoolean() ? "true" : "false";
            case 6 -> object(levels - 1);
            default -> array(levels - 1);
        };
    }

    private String object(int levels) {
        StringBuilder json = new StringBuilder("{").append(space());
        for (int i = random.nextInt(5); i > 0; i--) {
            json.append('"')
                    .append(pick(DATA_KEYS))
                    .append('"')
                    .append(space())
                    .append(':')
                    .append(space());
            json.append(value(levels)).append(space()).append(i > 1 ? "," + space() : "");
        }
        return json.append('}').toString();
    }

    private String array(int levels) {
        StringBuilder json = new StringBuilder("[").append(space());
        for (int i = random.nextInt(4); i > 0; i--) {
            json.append(value(levels)).append(space()).append(i > 1 ? "," + space() : "");
        }
        return json.append(']').toString();
    }

    private String space() {
        return switch (random.nextInt(12)) {
            case 0 -> " ";
            case 1 -> "\t";
            case 2 -> "\r\n";
            default -> "";
        };
    }

    private String pick(String[] choices) {
        return choices[random.nextInt(choices.length)];
    }
}
