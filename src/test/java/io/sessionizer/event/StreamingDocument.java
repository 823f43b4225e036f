package io.sessionizer.event;

import com.fasterxml.jackson.core.ErrorReportConfiguration;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonEOFException;
import io.sessionizer.event.LocationTree.ObjectNode;
import io.sessionizer.event.json.NameTable;
import io.sessionizer.event.json.Utf8;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Does what {@link EventDocument} does, with Jackson's streaming parser: one parser for each event, names looked up as
 * strings, values found by their offsets. Jackson accepts overlong UTF-8 and encoded surrogates, so the encoding is
 * checked first.
 */
final class StreamingDocument {
    private static final int MAX_LEVEL = 1_000;
    /** How many bytes one factory reads: it keeps every name, and a name may be as long as an event. */
    private static final long MAX_BYTES_PER_FACTORY = 1 << 22;

    private static final int MAX_EXCERPT = 40;
    private static final int MAX_MESSAGE = 140;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long NOT_ASCII = 0x8080808080808080L;
    /** Group 1 is any escape that is not half a surrogate pair. */
    private static final Pattern ESCAPE = Pattern.compile(
            "(\\\\u[dD][89abAB]\\p{XDigit}{2}\\\\u[dD][c-fC-F]\\p{XDigit}{2}|\\\\[^u])|\\\\u[dD][89a-fA-F]\\p{XDigit}{2}",
            Pattern.DOTALL);

    private final FieldPositions fields;
    private final NamedMembers root;
    private JsonFactory factory = newFactory();
    private long bytesRead;
    private byte[] in = {};
    private String malformed = "";

    /** @param names the names of the tree's root and of each object in it, in the order of their numbers */
    StreamingDocument(LocationTree tree, Collection<String> names, FieldPositions fields) {
        root = NamedMembers.of(tree.root(), names);
        this.fields = fields;
    }

    /** The members of an object in the tree, by their names as strings. */
    private record NamedMembers(ObjectNode object, Map<String, Integer> places, NamedMembers[] children) {
        static NamedMembers of(ObjectNode object, Collection<String> names) {
            Map<String, Integer> places = new HashMap<>();
            NamedMembers[] children = new NamedMembers[object.children().length];
            for (String name : names) {
                int place = object.names().numberOf(name);
                if (place != NameTable.NONE && !places.containsKey(name)) {
                    places.put(name, place);
                    children[place] = of(object.children()[place], names);
                }
            }
            return new NamedMembers(object, places, children);
        }
    }

    private static JsonFactory newFactory() {
        return JsonFactory.builder()
                // otherwise Jackson detects UTF-16 and UTF-32, and skips a byte order mark
                .disable(JsonFactory.Feature.CHARSET_DETECTION)
                // interned strings of producers would stay in the JVM
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                // colliding names only take longer to look up
                .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
                // only the size of a record is limited, not that of its parts
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_LEVEL)
                        .maxNumberLength(Integer.MAX_VALUE)
                        .maxStringLength(Integer.MAX_VALUE)
                        .maxNameLength(Integer.MAX_VALUE)
                        .build())
                .errorReportConfiguration(ErrorReportConfiguration.builder()
                        .maxErrorTokenLength(MAX_EXCERPT)
                        .build())
                .build();
    }

    /** Whether these bytes are one JSON object; if not, {@link #malformed()} has the error. */
    boolean scan(byte[] json) {
        in = json;
        if (!isAscii(json) && !Utf8.isText(json)) {
            return fail("Expected valid UTF-8", validLength(json));
        }
        if (parse(json)) {
            return true;
        }
        // Jackson refuses half a surrogate pair escaped in a name, which JSON's grammar allows.
        String text = new String(json, StandardCharsets.ISO_8859_1);
        String replaced = withoutHalfPairs(text);
        return !replaced.equals(text) && parse(replaced.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static boolean isAscii(byte[] json) {
        int at = 0;
        long bits = 0;
        for (; at <= json.length - Long.BYTES; at += Long.BYTES) {
            bits |= (long) LONGS.get(json, at);
        }
        for (; at < json.length; at++) {
            bits |= json[at];
        }
        return (bits & NOT_ASCII) == 0;
    }

    private static int validLength(byte[] json) {
        ByteBuffer bytes = ByteBuffer.wrap(json);
        StandardCharsets.UTF_8.newDecoder().decode(bytes, CharBuffer.allocate(json.length), true);
        return bytes.position();
    }

    /** Replaces each escaped half of a surrogate pair by U+FFFD. All offsets stay the same. */
    private static String withoutHalfPairs(String json) {
        return ESCAPE.matcher(json)
                .replaceAll(escape -> escape.group(1) == null ? "\\\\ufffd" : Matcher.quoteReplacement(escape.group()));
    }

    /** @param json the event's bytes, or as many that have the same fields at the same offsets */
    private boolean parse(byte[] json) {
        fields.clear(in);
        bytesRead += json.length;
        if (bytesRead > MAX_BYTES_PER_FACTORY) {
            factory = newFactory();
            bytesRead = json.length;
        }
        try (JsonParser parser = factory.createParser(json)) {
            return isObject(parser);
        } catch (IOException e) {
            throw new UncheckedIOException("an array in memory", e);
        }
    }

    /** What is wrong with the bytes, and where: a sentence of at most 200 characters. */
    String malformed() {
        return malformed;
    }

    private boolean isObject(JsonParser parser) throws IOException {
        try {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return fail("Expected an object", 0);
            }
            int from = start(parser);
            members(parser, root);
            fields.record(LocationTree.ROOT, from, start(parser) + 1, false);
            return parser.nextToken() == null || fail("Expected nothing after the object", start(parser));
        } catch (JsonProcessingException e) {
            return fail(e, parser);
        }
    }

    private void members(JsonParser parser, NamedMembers members) throws IOException {
        int object = members.object().number();
        fields.begin(object);
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken token = parser.nextToken();
            int place = members.places().getOrDefault(name, NameTable.NONE);
            if (place == NameTable.NONE) {
                parser.skipChildren();
            } else {
                value(parser, members, place, token);
            }
        }
        int end = start(parser);
        do {
            end--;
        } while (in[end] <= ' ' && in[end] >= 0);
        if (in[end] != '{') {
            fields.end(object, end + 1);
        }
    }

    private void value(JsonParser parser, NamedMembers members, int place, JsonToken token) throws IOException {
        int from = start(parser);
        int field = members.object().first() + place;
        NamedMembers child = members.children()[place];
        // This value replaces an earlier one of the same name, with all of its members.
        fields.clear(child.object());
        if (token == JsonToken.START_OBJECT && !child.places().isEmpty()) {
            members(parser, child);
        } else {
            parser.skipChildren();
        }
        if (token.isStructStart()) {
            fields.record(field, from, start(parser) + 1, false);
        } else if (token == JsonToken.VALUE_STRING) {
            recordString(field, from);
        } else {
            recordLiteral(field, from);
        }
    }

    /** The parser may not have checked the string after its opening quote yet. */
    private void recordString(int field, int from) {
        boolean isEscaped = false;
        int at = from + 1;
        while (at < in.length && in[at] != '"') {
            if (in[at] == '\\') {
                isEscaped = true;
                at++;
            }
            at++;
        }
        fields.record(field, from, Math.min(at + 1, in.length), isEscaped);
    }

    private void recordLiteral(int field, int from) {
        int at = from;
        while (at < in.length && in[at] > ' ' && in[at] != ',' && in[at] != '}') {
            at++;
        }
        fields.record(field, from, at, false);
    }

    /** The index of the first byte of the parser's token. */
    private static int start(JsonParser parser) {
        return (int) parser.currentTokenLocation().getByteOffset();
    }

    private boolean fail(JsonProcessingException e, JsonParser parser) {
        if (e instanceof JsonEOFException) {
            return fail("Expected more", in.length);
        }
        String message = e.getOriginalMessage();
        // Omits where the bracket was opened, and names of Jackson's settings.
        int opened = message.indexOf(" (for ");
        JsonLocation location = e.getLocation() == null ? parser.currentLocation() : e.getLocation();
        int at = (int) Math.min(location.getByteOffset(), in.length);
        return fail(opened < 0 ? message : message.substring(0, opened), at);
    }

    private boolean fail(String message, int at) {
        String where = " at byte " + at + (at == in.length ? ", where the value ends." : ".");
        malformed = message.substring(0, Math.min(message.length(), MAX_MESSAGE)) + where;
        return false;
    }
}
