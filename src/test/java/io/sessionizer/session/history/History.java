package io.sessionizer.session.history;

import io.sessionizer.session.SessionRules;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What happens to one user, in order of arrival.
 *
 * @param rules the rules it happens under
 * @param advancesAtDeadlines whether the timeline advances whenever its deadline has passed, as without a backlog; otherwise only
 *     at ticks
 * @param steps the clock never runs backwards
 */
public record History(SessionRules rules, boolean advancesAtDeadlines, List<HistoryStep> steps) {

    public long events() {
        return steps.stream().filter(HistoryStep::isEvent).count();
    }

    /** A clock time that everything is due at. */
    public long allDue() {
        long latest = 0;
        for (HistoryStep step : steps) {
            latest = Math.max(latest, Math.max(step.time(), step.clock()));
        }
        return latest + rules.gapMs() + 1;
    }

    /** What is left when no single step can be taken out without losing the failure. */
    History shrunkWhile(Predicate<History> fails) {
        History smallest = this;
        boolean shrinks = true;
        while (shrinks) {
            shrinks = false;
            for (int i = smallest.steps.size() - 1; i >= 0; i--) {
                List<HistoryStep> fewer = new ArrayList<>(smallest.steps);
                fewer.remove(i);
                History candidate = new History(rules, advancesAtDeadlines, fewer);
                if (fails.test(candidate)) {
                    smallest = candidate;
                    shrinks = true;
                }
            }
        }
        return smallest;
    }

    @Override
    public String toString() {
        return rules
                + (advancesAtDeadlines ? ", looked at when the alarm has passed" : ", looked at on ticks alone")
                + steps.stream().map(HistoryStep::toString).collect(Collectors.joining("\n  ", "\n  ", ""));
    }
}
