package io.sessionizer.session.history;

import io.sessionizer.session.SessionRules;
import io.sessionizer.session.history.HistoryStep.StepKind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What happens to one user, in order of arrival.
 *
 * @param rules the rules it begins under
 * @param concludesAtOnce whether what is due concludes with each move of the clock, as without a backlog; otherwise at the
 *     latest with the user's next event, or at {@link StepKind#DUE_WORK}
 * @param steps the clock never runs backwards, except where it is set back
 */
public record History(SessionRules rules, boolean concludesAtOnce, List<HistoryStep> steps) {

    public long events() {
        return steps.stream().filter(HistoryStep::isEvent).count();
    }

    /** A clock time that everything is due at. */
    public long allDue() {
        long latest = 0;
        long largestGap = rules.gapMs();
        for (HistoryStep step : steps) {
            latest = Math.max(latest, Math.max(step.isEvent() ? step.time() : 0, step.clock()));
            largestGap = Math.max(largestGap, step.kind() == StepKind.NEW_GAP ? step.value() : 0);
        }
        return latest + largestGap + 1;
    }

    /** The same, where what is due concludes sooner or later. */
    public History withBacklog(boolean hasBacklog) {
        return new History(rules, !hasBacklog, steps);
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
                History candidate = new History(rules, concludesAtOnce, fewer);
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
                + (concludesAtOnce ? ", concludes at once" : ", concludes late")
                + steps.stream().map(HistoryStep::toString).collect(Collectors.joining("\n  ", "\n  ", ""));
    }
}
