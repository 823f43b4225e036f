package io.sessionizer.dryrun;

import io.sessionizer.dryrun.LineResult.Counted;
import io.sessionizer.dryrun.LineResult.DeadLettered;
import io.sessionizer.dryrun.LineResult.LineFields;
import io.sessionizer.dryrun.LineResult.LineVerdict;
import io.sessionizer.dryrun.LineResult.NotCounted;
import io.sessionizer.event.EventReader;
import io.sessionizer.event.EventValidator;
import io.sessionizer.event.Rejection;
import io.sessionizer.event.StampableEvent;
import io.sessionizer.event.Stamper;
import io.sessionizer.event.Verdict;
import io.sessionizer.event.format.EventField;
import io.sessionizer.record.RepartitionRecord;
import io.sessionizer.session.ClockRules;
import io.sessionizer.session.EventAdded;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Processes lines in order, as if each were the value of a record of the input's first partition: its offset is one less than
 * the line's number, its timestamp is the wall clock, it has no headers, and its user is at the format's locations. Not
 * thread-safe.
 */
public final class DryRun {
    private final DryRunRules rules;
    private final EventReader reader;
    private final EventValidator validator;
    private final Stamper stamper;
    private final DryRunSessions sessions;
    private final int stampHeaderBytes;

    public DryRun(DryRunRules rules) {
        this.rules = rules;
        reader = new EventReader(rules.format(), true);
        validator = new EventValidator(rules.format(), rules.limits());
        stamper = new Stamper(rules.format());
        sessions = new DryRunSessions(rules.sessions(), rules.format().stamp().form());
        stampHeaderBytes = EventValidator.stampHeaderBytes(rules.format().stamp());
    }

    /**
     * Processes the next line.
     *
     * @param number of the line, from 1, ascending
     * @param value the line without its end; must not be modified later
     * @param wallMs the wall clock, epoch ms
     */
    public LineResult read(long number, byte[] value, long wallMs) {
        Verdict verdict = reader.read(value);
        return new LineResult(
                number,
                fields(),
                switch (verdict) {
                    case COUNTS -> counted(number, wallMs);
                    case EXCLUDED, UNTRACKED -> uncounted(value, wallMs);
                    case REJECTED -> new DeadLettered(new Rejection(reader.reason(), reader.detail()));
                });
    }

    private LineFields fields() {
        return new LineFields(
                reader.text(EventField.USER),
                reader.text(EventField.TYPE),
                reader.text(EventField.NAME),
                reader.text(EventField.SOURCE),
                reader.time() == EventReader.NO_TIME ? OptionalLong.empty() : OptionalLong.of(reader.time()));
    }

    private LineVerdict counted(long number, long wallMs) {
        StampableEvent event = reader.stampable();
        byte[] user = reader.user();
        long timeMs = timeOr(wallMs);
        Optional<Rejection> rejection = validator
                .checkTime(timeMs, wallMs)
                .or(() -> checkSize(user, event.value(), stamper.maxStampedLength(event) + stampHeaderBytes))
                .or(() -> validator.checkUser(user.length));
        if (rejection.isPresent()) {
            return new DeadLettered(rejection.get());
        }
        sessions.advanceClock(ClockRules.advancedBy(timeMs, wallMs, wallMs));
        EventAdded added = sessions.add(user, timeMs, number - 1);
        return new Counted(
                added.session().id(),
                added.outcome() == EventAdded.Outcome.OPENED,
                stamper.stamp(event, added.session().id()));
    }

    private LineVerdict uncounted(byte[] value, long wallMs) {
        byte[] user = reader.user();
        if (rules.isUncountedForwarded()) {
            Optional<Rejection> rejection = checkSize(user, value, value.length)
                    .or(() -> validator.checkUser(rules.isRepartitioned() ? user.length : 0));
            if (rejection.isPresent()) {
                return new DeadLettered(rejection.get());
            }
        }
        if (reader.hasReadableTime()) {
            sessions.advanceClock(ClockRules.advancedBy(timeOr(wallMs), wallMs, wallMs));
        }
        return new NotCounted(reader.uncountedReason().part());
    }

    private long timeOr(long recordTimeMs) {
        return reader.time() == EventReader.NO_TIME ? recordTimeMs : reader.time();
    }

    private Optional<Rejection> checkSize(byte[] user, byte[] value, int enrichedValueBytes) {
        return validator.checkSize(
                EventValidator.recordBytes(user.length, enrichedValueBytes),
                rules.isRepartitioned()
                        ? EventValidator.recordBytes(user.length, value.length + RepartitionRecord.MAX_HEADER_BYTES)
                        : 0);
    }
}
