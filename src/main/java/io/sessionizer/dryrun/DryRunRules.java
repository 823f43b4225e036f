package io.sessionizer.dryrun;

import io.sessionizer.event.EventValidator.InputLimits;
import io.sessionizer.event.format.EventFormat;
import io.sessionizer.session.SessionRules;

/**
 * The settings by which lines are read.
 *
 * @param format where an event's fields are, and which events count
 * @param sessions the rules of sessions
 * @param limits of a record that is accepted
 * @param isRepartitioned whether the events pass through a repartition topic
 * @param isUncountedForwarded whether events that do not count are forwarded, so that they must fit too
 */
public record DryRunRules(
        EventFormat format,
        SessionRules sessions,
        InputLimits limits,
        boolean isRepartitioned,
        boolean isUncountedForwarded) {}
