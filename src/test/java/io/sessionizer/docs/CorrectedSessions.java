package io.sessionizer.docs;

import io.sessionizer.kafka.StreamDriver;
import io.sessionizer.kafka.TestSettings;
import io.sessionizer.kafka.config.SessionizerSettings.Uncounted;
import io.sessionizer.kafka.config.SessionizerSettings.UserFrom;
import java.time.Instant;
import java.util.Map;

/**
 * What the service publishes for late events: a session of the user {@code amended} concludes twice, two of the user
 * {@code merged} become one.
 */
public final class CorrectedSessions {
    private static final long MINUTE = TestSettings.MINUTE;
    /** The wall clock at the start. */
    static final long ELEVEN = Instant.parse("2016-07-12T11:00:00Z").toEpochMilli();
    /** From 11:00 to 11:25. */
    public static final int AMENDED_SECONDS = 25 * 60;
    /** From 10:45 to 11:15. */
    public static final int MERGED_SECONDS = 30 * 60;

    private CorrectedSessions() {}

    /** The caller closes it. */
    public static StreamDriver play() {
        StreamDriver stream = new StreamDriver(TestSettings.of(UserFrom.KEY, Uncounted.DROP, Map.of()), ELEVEN);
        stream.event("amended", ELEVEN);
        stream.event("merged", ELEVEN - 15 * MINUTE, ELEVEN);
        stream.pollUntil(ELEVEN + 10 * MINUTE);
        stream.event("amended", ELEVEN + 10 * MINUTE);
        stream.pollUntil(ELEVEN + 15 * MINUTE);
        stream.event("merged", ELEVEN + 15 * MINUTE);
        stream.pollUntil(ELEVEN + 120 * MINUTE);
        stream.event("amended", ELEVEN + 25 * MINUTE, ELEVEN + 120 * MINUTE);
        stream.event("merged", ELEVEN, ELEVEN + 120 * MINUTE);
        stream.pollUntil(ELEVEN + 180 * MINUTE);
        return stream;
    }
}
