package io.sessionizer.quickstart;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Standard output: lines that stay, and one progress line at the bottom that is overwritten. */
final class Screen {
    private static final long TERMINAL_EVERY_MS = 200;
    private static final long PIPE_EVERY_MS = 5000;

    private final PrintStream out;
    private final boolean terminal;
    private int progressWidth;
    private long lastProgress = System.nanoTime();
    private String lastText = "";

    Screen(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    static Screen ofThisProcess() {
        // Newer JDKs have a console object even if output is redirected to a file; TERM is then unset or dumb.
        String kind = System.getenv().getOrDefault("TERM", "dumb");
        return new Screen(
                new PrintStream(System.out, true, StandardCharsets.UTF_8),
                System.console() != null && !kind.equals("dumb"));
    }

    synchronized void line(String text) {
        clearLine();
        out.println(text);
    }

    synchronized void lines(List<String> texts) {
        texts.forEach(this::line);
    }

    /** Whether it is time for the next {@link #progress}: frequently on a terminal, rarely elsewhere. */
    boolean progressIsDue() {
        long every = TimeUnit.MILLISECONDS.toNanos(terminal ? TERMINAL_EVERY_MS : PIPE_EVERY_MS);
        return System.nanoTime() - lastProgress >= every;
    }

    /** If this is not a terminal, the same text is not printed twice. */
    synchronized void progress(String text) {
        lastProgress = System.nanoTime();
        if (!terminal && text.equals(lastText)) {
            return;
        }
        lastText = text;
        if (!terminal) {
            out.println(text);
            return;
        }
        clearLine();
        out.print(text);
        out.flush();
        progressWidth = text.length();
    }

    private void clearLine() {
        if (progressWidth > 0) {
            out.print("\r" + " ".repeat(progressWidth) + "\r");
            progressWidth = 0;
        }
    }
}
