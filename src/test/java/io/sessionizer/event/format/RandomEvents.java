package io.sessionizer.event.format;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;

/**
 * Random JSON similar to the events of a format: members of its locations, often missing, of another type, repeated or
 * escaped, and other members.
 */
final class RandomEvents {
    private static final String[] VALUES = {
        "null",
        "true",
        "0",
        "-1",
        "1.5",
        "1468308340",
        "1468308340123",
        "1468308340123456",
        "1468308340123456789",
        "\"\"",
        "\"u-1\"",
        "\"Zoë 😀\"",
        "\"a\\\"b\"",
        "\"\\u0041\\n\"",
        "[]",
        "[{\"a\":[1,2]}]",
        "{}",
        "{\"x\":{\"y\":null}}",
        "\"1468308340\"",
        "\"1468308340.5\"",
        "\"2016-07-12T07:25:40.125+05:30\"",
        "\"2016-07-12 07:25:40\"",
        "\"2016-07-12T07:25:40\"",
        "\"2016-02-30T00:00:00Z\"",
        "\"Session Concluded\"",
        "\"$identify\"",
        "\"\\ud83d\\ude00\""
    };

    private final SplittableRandom random;
    private final List<String> likely = new ArrayList<>();
    private final Paths paths = new Paths(new LinkedHashMap<>());

    /** The names in the paths of the locations. */
    private record Paths(Map<String, Paths> members) {
        void add(List<String> path) {
            if (!path.isEmpty()) {
                members.computeIfAbsent(path.get(0), name -> new Paths(new LinkedHashMap<>()))
                        .add(path.subList(1, path.size()));
            }
        }
    }

    RandomEvents(EventFormat format, SplittableRandom random) {
        this.random = random;
        for (List<String> data : format.dataPaths()) {
            paths.add(data);
            paths.add(format.sessionPath(data));
            for (EventField field : EventField.values()) {
                format.of(field).forEach(location -> location.path(data).ifPresent(paths::add));
            }
        }
        format.filter().types().forEach(type -> likely.add('"' + type + '"'));
        format.filter().untrackedSources().forEach(source -> likely.add('"' + source + '"'));
        likely.addAll(List.of("\"go\"", "1468308340", "\"2016-07-12T07:25:40Z\""));
    }

    String event() {
        return space() + object(paths, 0) + space();
    }

    private String object(Paths here, int depth) {
        List<String> members = new ArrayList<>();
        here.members().forEach((name, below) -> {
            for (int times = random.nextInt(12); times > 3; times = times == 11 ? 10 : 0) {
                members.add(quoted(name) + space() + ":" + space() + value(below, depth));
            }
        });
        for (int i = random.nextInt(3); i > 0; i--) {
            members.add("\"other" + i + "\":" + VALUES[random.nextInt(VALUES.length)]);
        }
        Collections.shuffle(members, new Random(random.nextLong()));
        return "{" + space() + String.join(space() + "," + space(), members) + space() + "}";
    }

    private String value(Paths below, int depth) {
        if (!below.members().isEmpty() && random.nextInt(8) > 0) {
            return object(below, depth + 1);
        }
        return random.nextInt(3) > 0
                ? likely.get(random.nextInt(likely.size()))
                : VALUES[random.nextInt(VALUES.length)];
    }

    private String quoted(String name) {
        if (name.isEmpty() || random.nextInt(10) > 0) {
            return '"' + name + '"';
        }
        return String.format("\"\\u%04x%s\"", (int) name.charAt(0), name.substring(1));
    }

    private String space() {
        return random.nextInt(8) == 0 ? " \t\r\n".substring(random.nextInt(4)) : "";
    }
}
