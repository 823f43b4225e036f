package io.sessionizer.event.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;

/** A fixed set of names, looked up by the bytes between a JSON string's quotes, without creating a String. */
public final class NameTable {
    /** Returned for a name that is not in the table. */
    public static final int NONE = -1;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[][] names;
    /** The first eight bytes of each name, and the last eight, so that most names need a single comparison. */
    private final long[] heads;

    private final long[] tails;
    private final boolean[] lengths;
    private final int[] slots;

    /** @param names each name's number is its place here; a repeated one has the number of its first place */
    public NameTable(Collection<String> names) {
        this.names = names.stream()
                .map(name -> name.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
        int longest =
                Arrays.stream(this.names).mapToInt(name -> name.length).max().orElse(0);
        lengths = new boolean[longest + 1];
        heads = new long[this.names.length];
        tails = new long[this.names.length];
        // At most a quarter full, so that an empty slot is close.
        slots = new int[Integer.highestOneBit(this.names.length + 1) * 8];
        Arrays.fill(slots, NONE);
        for (int i = 0; i < this.names.length; i++) {
            add(i);
        }
    }

    public int size() {
        return names.length;
    }

    /** The number of a name, or {@link #NONE}. */
    public int numberOf(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        return find(bytes, 0, bytes.length);
    }

    private void add(int number) {
        byte[] name = names[number];
        heads[number] = head(name, 0, name.length);
        tails[number] = tail(name, 0, name.length);
        int slot = slotOf(name, 0, name.length);
        if (slots[slot] == NONE) {
            slots[slot] = number;
            lengths[name.length] = true;
        }
    }

    /** The number of the name that these bytes of a JSON string encode, or {@link #NONE}. */
    public int find(byte[] in, int from, int to, boolean escaped) {
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

    private int slotOf(byte[] in, int from, int to) {
        int length = to - from;
        long head = head(in, from, length);
        long tail = tail(in, from, length);
        int mask = slots.length - 1;
        long hash = (head + length) * 0x9E3779B97F4A7C15L ^ tail * 0xC2B2AE3D27D4EB4FL;
        int slot = (int) (hash >>> 40) & mask;
        while (slots[slot] != NONE) {
            int number = slots[slot];
            byte[] name = names[number];
            if (heads[number] == head
                    && tails[number] == tail
                    && name.length == length
                    && (length <= 2 * Long.BYTES || Arrays.equals(name, 0, length, in, from, to))) {
                break;
            }
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private static long head(byte[] in, int from, int length) {
        if (from > in.length - Long.BYTES) {
            long head = 0;
            for (int i = Math.min(length, Long.BYTES) - 1; i >= 0; i--) {
                head = head << Byte.SIZE | in[from + i] & 0xFF;
            }
            return head;
        }
        long head = (long) LONGS.get(in, from);
        return length >= Long.BYTES ? head : head & (1L << length * Byte.SIZE) - 1;
    }

    private static long tail(byte[] in, int from, int length) {
        return length <= Long.BYTES ? 0 : (long) LONGS.get(in, from + length - Long.BYTES);
    }
}
