package io.sessionizer.event.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class NameTableTest {
    private static final List<String> NAMES = List.of(
            "",
            "t",
            "ts",
            "evtName",
            "evtData",
            "identity",
            "identity9",
            "Identity Reset",
            "Identity Error",
            "0123456789abcdef",
            "0123456789abcdefg",
            "Checkout 0001 Completed",
            "Checkout 0002 Completed",
            "Größe",
            "\u0000");

    private final NameTable table = new NameTable(NAMES);

    @Test
    void findsEachName_atAnyPosition() {
        for (int number = 0; number < NAMES.size(); number++) {
            for (String before : List.of("", "\"", "{\"a\":1,\"")) {
                for (String suffix : List.of("", "\"", "\":", "\":\"something longer than a word\"}")) {
                    assertEquals(number, find(before, NAMES.get(number), suffix));
                }
            }
        }
    }

    @Test
    void findsNoOther() {
        for (String name : NAMES) {
            for (int at = 0; at < name.length(); at++) {
                char other = name.charAt(at) == 'x' ? 'y' : 'x';
                String changed = name.substring(0, at) + other + name.substring(at + 1);
                assertEquals(NameTable.NONE, find("\"", changed, "\":1"));
                assertEquals(number(name.substring(0, at)), find("\"", name.substring(0, at), "\":1"));
            }
            assertEquals(number(name + "9"), find("\"", name + "9", "\":1"));
        }
        assertEquals(NameTable.NONE, find("", "longer than any name that is in the table", ""));
    }

    @Test
    void duplicateName_hasItsFirstIndex() {
        NameTable twice = new NameTable(List.of("a", "b", "a"));

        assertEquals(0, twice.numberOf("a"));
        assertEquals(1, twice.numberOf("b"));
    }

    @Test
    void escapedNameIsTheNameThatItSpells() {
        byte[] in = "\"e\\u0076tName\"".getBytes(StandardCharsets.US_ASCII);

        assertEquals(number("evtName"), table.find(in, 1, in.length - 1, true));
    }

    private static int number(String name) {
        int number = NAMES.indexOf(name);
        return number < 0 ? NameTable.NONE : number;
    }

    private int find(String before, String name, String suffix) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        byte[] in = (before + name + suffix).getBytes(StandardCharsets.UTF_8);
        return table.find(in, before.length(), before.length() + bytes.length, false);
    }
}
