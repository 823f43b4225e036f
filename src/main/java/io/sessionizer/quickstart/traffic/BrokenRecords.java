package io.sessionizer.quickstart.traffic;

import io.sessionizer.event.RejectionReason;
import java.util.Optional;

/** Invalid records as they occur in real pipelines, one for each rejection reason. */
final class BrokenRecords {
    private static final long YEAR_MS = 365L * 24 * 60 * 60 * 1000;
    /** A record within Kafka's default limit of 1 MiB, which exceeds it once it is stamped. */
    private static final int BARELY_FITTING_BYTES = (1 << 20) - 150;

    private static final String DATA = SampleShop.source("Android");

    private BrokenRecords() {}

    /** A record at {@code arrival} (epoch ms) that is dead-lettered for {@code reason}. */
    static SampleRecord broken(RejectionReason reason, long arrival, String user) {
        String whole = SampleShop.event(user, "Product Viewed", arrival, DATA);
        return switch (reason) {
            case MALFORMED_JSON -> SampleRecord.of(arrival, user, whole.substring(0, whole.length() / 2));
            case NO_USER ->
                new SampleRecord(
                        arrival,
                        Optional.empty(),
                        SampleRecord.of(arrival, user, whole).value());
            case NO_EVENT_NAME -> SampleRecord.of(arrival, user, whole.replace("\"evtName\":\"Product Viewed\",", ""));
            case BAD_TIMESTAMP ->
                SampleRecord.of(arrival, user, whole.replace("\"ts\":" + arrival / 1000, "\"ts\":\"yesterday\""));
            case BAD_EVENT_DATA -> SampleRecord.of(arrival, user, whole.replace("{" + DATA + "}", "\"none\""));
            case FUTURE_TIMESTAMP ->
                SampleRecord.of(arrival, user, SampleShop.event(user, "Product Viewed", arrival + YEAR_MS, DATA));
            case TOO_LARGE -> SampleRecord.of(arrival, user, tooLarge(user, arrival));
        };
    }

    private static String tooLarge(String user, long arrival) {
        String before = "\"Screenshot\":\"";
        String after = "\"," + DATA;
        int rest = SampleShop.event(user, "Screenshot Taken", arrival, before + after)
                        .length()
                + user.length();
        return SampleShop.event(
                user, "Screenshot Taken", arrival, before + "x".repeat(BARELY_FITTING_BYTES - rest) + after);
    }
}
