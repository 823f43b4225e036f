package io.sessionizer.event.json;

/**
 * The grammar of JSON (RFC 8259) over UTF-8 bytes: a cursor that advances by one token or value at a time and validates
 * every byte. It keeps no text and builds no tree; interpreting the values is left to the caller.
 *
 * <p>A method that returns false has found malformed input: {@link #expected()} describes what was expected at
 * {@link #at()}, and the scanner must not be used before the next {@link #start}. Nesting uses no stack.
 */
public final class JsonScanner {
    /** How deep objects and arrays may nest (specification, section 1); the outermost is level 1. */
    static final int MAX_LEVEL = 1_000;

    private final boolean[] isObject = new boolean[MAX_LEVEL + 1];
    private final StructuralIndex text;
    private byte[] in = {};
    private int at;
    private int level;
    private int keyEnd;
    private boolean escaped;
    private String expected = "";

    /** @param text must index the bytes that are scanned */
    public JsonScanner(StructuralIndex text) {
        this.text = text;
    }

    /** Restarts at the first byte that is not whitespace, at {@code from} or after it. */
    public void start(byte[] json, int from) {
        in = json;
        at = from;
        level = 0;
        expected = "";
        skipWhitespace();
    }

    /** Index of the cursor. */
    public int at() {
        return at;
    }

    /** Whether the last string scanned, key or value, contains a backslash. */
    public boolean escaped() {
        return escaped;
    }

    /** The index after the closing quote of the key that was passed last. */
    public int keyEnd() {
        return keyEnd;
    }

    /** Continues after something that the caller has found to be well-formed. */
    public void skipTo(int end) {
        at = end;
    }

    /** What should have been at the cursor; the input is malformed. */
    public String expected() {
        return expected;
    }

    public boolean isAtEnd() {
        return at == in.length;
    }

    public boolean isAtObject() {
        return at < in.length && in[at] == '{';
    }

    /** Whether the current object or array ends at the cursor. */
    public boolean isAtClose() {
        return at < in.length && in[at] == (isObject[level] ? '}' : ']');
    }

    public boolean fail(String whatWasExpected) {
        expected = whatWasExpected;
        return false;
    }

    /** Passes the opening bracket at the cursor and the whitespace after it. */
    public boolean open() {
        if (level == MAX_LEVEL) {
            return fail("at most " + MAX_LEVEL + " levels of nesting");
        }
        isObject[++level] = in[at] == '{';
        at++;
        skipWhitespace();
        return true;
    }

    /** Passes the closing bracket, but nothing after it. */
    public boolean close() {
        if (!isAtClose()) {
            return fail(isObject[level] ? "',' or '}'" : "',' or ']'");
        }
        level--;
        at++;
        return true;
    }

    /** Consumes a comma, if present, and the whitespace around it. */
    public boolean comma() {
        skipWhitespace();
        if (at == in.length || in[at] != ',') {
            return false;
        }
        at++;
        skipWhitespace();
        return true;
    }

    /** Consumes a key and its colon, up to the first byte of the value. */
    public boolean key() {
        if (at == in.length || in[at] != '"') {
            return fail("a property name in quotes");
        }
        if (!string()) {
            return false;
        }
        keyEnd = at;
        skipWhitespace();
        if (at == in.length || in[at] != ':') {
            return fail("':'");
        }
        at++;
        skipWhitespace();
        return true;
    }

    /** Passes a value of any kind, but nothing after it. */
    public boolean value() {
        return isAtOpen() ? container() : scalar();
    }

    private boolean container() {
        int outer = level;
        while (true) {
            if (isAtOpen()) {
                if (!open()) {
                    return false;
                }
                if (!isAtClose()) {
                    if (isObject[level] && !key()) {
                        return false;
                    }
                    continue;
                }
            } else if (!scalar()) {
                return false;
            }
            while (!comma()) {
                if (!close()) {
                    return false;
                }
                if (level == outer) {
                    return true;
                }
            }
            if (isObject[level] && !key()) {
                return false;
            }
        }
    }

    private boolean isAtOpen() {
        return at < in.length && (in[at] == '{' || in[at] == '[');
    }

    private boolean scalar() {
        if (at == in.length) {
            return fail("a value");
        }
        return switch (in[at]) {
            case '"' -> string();
            case 't' -> literal("true");
            case 'f' -> literal("false");
            case 'n' -> literal("null");
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
            default -> fail("a value");
        };
    }

    private boolean literal(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (at + i == in.length || in[at + i] != word.charAt(i)) {
                return fail("a value");
            }
        }
        at += word.length();
        return true;
    }

    private boolean string() {
        byte[] json = in;
        int next = at + 1;
        escaped = false;
        while (true) {
            next = text.next(next);
            if (next >= json.length) {
                break;
            }
            int b = json[next];
            if (b == '"') {
                at = next + 1;
                return true;
            }
            at = next;
            if (b >= 0 && b < ' ') {
                return fail("no control character in a string");
            }
            if (!(b < 0 ? multiByte() : escape())) {
                return false;
            }
            next = at;
        }
        at = json.length;
        return fail("'\"'");
    }

    private boolean multiByte() {
        int next = Utf8.after(in, at);
        if (next == Utf8.INVALID) {
            return fail("valid UTF-8");
        }
        at = next;
        return true;
    }

    private boolean escape() {
        escaped = true;
        if (at + 1 == in.length) {
            return fail("a complete escape");
        }
        return switch (in[at + 1]) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> {
                at += 2;
                yield true;
            }
            case 'u' -> unicode();
            default -> fail("a valid escape");
        };
    }

    private boolean unicode() {
        if (in.length - at < JsonString.UNICODE_ESCAPE || JsonString.unit(in, at) < 0) {
            return fail("'\\u' and four hexadecimal digits");
        }
        at += JsonString.UNICODE_ESCAPE;
        return true;
    }

    private boolean number() {
        if (in[at] == '-') {
            at++;
        }
        if (at < in.length && in[at] == '0') {
            at++;
        } else if (!digits()) {
            return false;
        }
        if (at < in.length && in[at] == '.') {
            at++;
            if (!digits()) {
                return false;
            }
        }
        if (at < in.length && (in[at] | 0x20) == 'e') {
            at++;
            if (at < in.length && (in[at] == '+' || in[at] == '-')) {
                at++;
            }
            return digits();
        }
        return true;
    }

    private boolean digits() {
        int from = at;
        at = Digits.end(in, from);
        return at > from || fail("a digit");
    }

    /** Consumes spaces, tabs and line breaks, if any. */
    public void skipWhitespace() {
        if (at == in.length || in[at] > ' ') {
            return;
        }
        while (at < in.length && (in[at] == ' ' || in[at] == '\n' || in[at] == '\r' || in[at] == '\t')) {
            at++;
        }
    }
}
