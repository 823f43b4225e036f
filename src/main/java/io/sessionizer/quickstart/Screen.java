package io.sessionizer.quickstart;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Standard output: lines that stay, and one line of progress at the bottom that is written over. */
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
        // Newer JDKs have a console object even where output goes to a file; such places have no TERM, or a dumb one.
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

    /** Whether it is time for the next {@link #progress}: often on a terminal, now and then elsewhere. */
    boolean progressIsDue() {
        long every = TimeUnit.MILLISECONDS.toNanos(terminal ? TERMINAL_EVERY_MS : PIPE_EVERY_MS);
        return System.nanoTime() - lastProgress >= every;
    }

    /** Elsewhere than on a terminal, what is told already is not told again. */
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
