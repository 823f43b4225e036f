package io.sessionizer.dryrun;

import io.sessionizer.event.EventValidator.InputLimits;
import io.sessionizer.event.format.EventFormat;
import io.sessionizer.session.SessionRules;

/**
 * The settings that determine how lines are processed.
 *
 * @param format the locations of an event's fields, and the events that count
 * @param sessions the rules of sessions
 * @param limits the limits of accepted records
 * @param isRepartitioned whether the events pass through a repartition topic
 * @param isUncountedForwarded whether events that do not count are forwarded, and must therefore fit the topic, too
 */
public record DryRunRules(
        EventFormat format,
        SessionRules sessions,
        InputLimits limits,
        boolean isRepartitioned,
        boolean isUncountedForwarded) {}
