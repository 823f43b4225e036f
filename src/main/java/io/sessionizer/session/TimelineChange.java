package io.sessionizer.session;

import java.util.List;
import java.util.Optional;

/**
 * The change of a user's timeline by an event or the clock.
 *
 * @param before the timeline until then, without the sessions that are forgotten at the clock
 * @param after the timeline since then; empty if no session is remembered any more
 * @param conclusions the conclusions, in the order in which they are published
 */
public record TimelineChange(Timeline before, Timeline after, List<Conclusion> conclusions) {

    /**
     * The user's profile: the session with the latest activity, as it is now. Empty if the last profile is still valid:
     * the session and its state (revision, open or concluded) are the same as before, or the former profile's session
     * is forgotten and an earlier one remains.
     */
    public Optional<Session> profile() {
        return latestActivity().filter(this::isNewProfile);
    }

    /** May be a session that was forgotten as soon as it had concluded; never one that was merged into another. */
    private Optional<Session> latestActivity() {
        Optional<Session> latest = after.latest();
        for (Conclusion conclusion : conclusions) {
            Session session = conclusion.session();
            // of two with the same end, the remembered one is the session's present state
            if (conclusion.mergedInto().isEmpty()
                    && (latest.isEmpty() || session.end() > latest.get().end())) {
                latest = Optional.of(session);
            }
        }
        return latest;
    }

    private boolean isNewProfile(Session now) {
        return before.latest()
                .map(former -> now.end() >= former.end()
                        && (!now.id().equals(former.id())
                                || now.revision() != former.revision()
                                || now.isOpen() != former.isOpen()))
                .orElse(true);
    }
}
