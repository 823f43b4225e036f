package io.sessionizer.app.check;

import io.sessionizer.dryrun.LineResult.Counted;
import io.sessionizer.dryrun.LineResult.DeadLettered;
import io.sessionizer.dryrun.LineResult.LineVerdict;
import java.util.Map;
import java.util.TreeMap;

/** Counts lines by their verdicts. Not thread-safe. */
final class LineCounts {
    private final Map<String, Long> verdicts = new TreeMap<>();
    private long lines;
    private long opened;
    private boolean isAnyDeadLettered;

    void add(LineVerdict verdict) {
        lines++;
        verdicts.merge(LineReport.word(verdict), 1L, Long::sum);
        opened += verdict instanceof Counted counted && counted.opensSession() ? 1 : 0;
        isAnyDeadLettered |= verdict instanceof DeadLettered;
    }

    /** The number of lines so far. */
    long lines() {
        return lines;
    }

    boolean hasDeadLetter() {
        return isAnyDeadLettered;
    }

    /** As in {@code 3 lines: 1 dead-letter, 2 counts; 1 session opened}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder().append(lines).append(lines == 1 ? " line: " : " lines: ");
        String separator = "";
        for (String word : new String[] {"counts", "excluded", "untracked", "dead-letter"}) {
            if (verdicts.containsKey(word)) {
                text.append(separator).append(verdicts.get(word)).append(' ').append(word);
                separator = ", ";
            }
        }
        return text.append("; sessions opened: ").append(opened).toString();
    }
}
