package io.sessionizer.web.board;

import io.sessionizer.event.UncountedReason;
import java.util.Optional;

/**
 * Why the board may show fewer sessions than expected.
 *
 * @param isTracking state of the tracking switch
 * @param nearlyAllUncounted the most frequent reason, while nearly all events do not count
 */
record BoardNotices(boolean isTracking, Optional<UncountedReason> nearlyAllUncounted) {}
