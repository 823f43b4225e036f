package io.sessionizer.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;

/** A fixed set of names, looked up by the bytes between a JSON string's quotes, without making a String of them. */
final class NameTable {
    /** The answer for a name that is not in the table. */
    static final int NONE = -1;

    private final byte[][] names;
    private final boolean[] lengths;
    private final int[] slots;

    /** @param names each name's number is its place here; one that stands here twice has its first place's */
    NameTable(Collection<String> names) {
        this.names = names.stream()
                .map(name -> name.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
        int longest =
                Arrays.stream(this.names).mapToInt(name -> name.length).max().orElse(0);
        lengths = new boolean[longest + 1];
        // A quarter full at most, so that the way to an empty slot is short.
        slots = new int[Integer.highestOneBit(this.names.length + 1) * 8];
        Arrays.fill(slots, NONE);
        for (int i = 0; i < this.names.length; i++) {
            add(i);
        }
    }

    int size() {
        return names.length;
    }

    /** The number of a name, or {@link #NONE}. */
    int numberOf(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        return find(bytes, 0, bytes.length);
    }

    private void add(int number) {
        byte[] name = names[number];
        int slot = slotOf(name, 0, name.length);
        if (slots[slot] == NONE) {
            slots[slot] = number;
            lengths[name.length] = true;
        }
    }

    /** The number of the name that these bytes of a JSON string spell, escapes and all, or {@link #NONE}. */
    int find(byte[] in, int from, int to, boolean escaped) {
        if (escaped) {
            Optional<byte[]> text = JsonString.unescape(in, from, to);
            return text.isPresent() ? find(text.get(), 0, text.get().length) : NONE;
        }
        return find(in, from, to);
    }

    private int find(byte[] in, int from, int to) {
        int length = to - from;
        return length < lengths.length && lengths[length] ? slots[slotOf(in, from, to)] : NONE;
    }

    /** Few names are alike in length and in these three bytes; those that are take one more comparison. */
    private static int hash(byte[] in, int from, int to) {
        if (from == to) {
            return 0;
        }
        int hash = ((to - from) * 31 + in[from]) * 31 + in[from + to >>> 1];
        return (hash * 31 + in[to - 1]) * 0x9E3779B9 >>> 8;
    }

    private int slotOf(byte[] in, int from, int to) {
        int mask = slots.length - 1;
        int slot = hash(in, from, to) & mask;
        while (slots[slot] != NONE && !isAt(names[slots[slot]], in, from, to)) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private static boolean isAt(byte[] name, byte[] in, int from, int to) {
        if (name.length != to - from) {
            return false;
        }
        for (int i = 0; i < name.length; i++) {
            if (name[i] != in[from + i]) {
                return false;
            }
        }
        return true;
    }
}
