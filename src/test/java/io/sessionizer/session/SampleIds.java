package io.sessionizer.session;

/** Ids of sessions for tests in which no two sessions are opened at the same time. */
public final class SampleIds {
    private SampleIds() {}

    /** The id of a session that was opened at this time, epoch ms. */
    public static SessionId of(long openedAt) {
        return SessionId.of(openedAt, 0x123, 0x123_4567_89AB_CDEFL);
    }
}
