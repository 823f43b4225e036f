package io.sessionizer.web;

import io.sessionizer.event.UncountedReason;
import io.sessionizer.guarantee.support.TestBrowser;
import io.sessionizer.session.Published;
import io.sessionizer.stats.OpenCounts;
import io.sessionizer.stats.QuarterHour;
import io.sessionizer.stats.QuarterHourStats;
import io.sessionizer.stats.SessionStats;
import io.sessionizer.stats.StatsRow;
import io.sessionizer.web.http.BuildVersions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** A server with three weeks of sessions and a user, and a browser that shows its pages. */
final class SamplePages implements AutoCloseable {
    static final String USER = "user-42";
    private static final int DAYS = 21;

    final TestServer server = TestServer.running().holding(USER, 0, 10, 45);
    final TestBrowser browser;

    private SamplePages(TestBrowser browser) {
        this.browser = browser;
    }

    static SamplePages start(Path profile) {
        SamplePages pages = new SamplePages(TestBrowser.start(profile));
        for (int day = 0; day <= DAYS; day++) {
            pages.count(day, 25 + day, 30 + 60 * day);
        }
        pages.reportUncounted(Optional.empty());
        return pages;
    }

    /** The reason why nearly all events do not count, if they do not. */
    void reportUncounted(Optional<UncountedReason> reason) {
        server.totals.accept(new StatsRow.LiveRow(0, new OpenCounts(23, 25), reason));
    }

    /** Counts sessions of so many seconds that ended so many days and two hours ago. */
    void count(int daysAgo, int sessions, int seconds) {
        SessionStats stats = new SessionStats();
        for (int i = 0; i < sessions; i++) {
            stats.count(new Published(0, seconds * 1000L, 3));
        }
        long end = TestServer.NOW
                .minus(Duration.ofDays(daysAgo))
                .minus(Duration.ofHours(2))
                .toEpochMilli();
        server.totals.accept(new StatsRow.QuarterHourRow(0, QuarterHour.of(end), new QuarterHourStats(stats, 0, 0)));
    }

    /** Opens a page, and waits until it shows the service's answer. */
    void open(String path) {
        browser.open("http://" + server.authority() + path);
        browser.awaitText("service", "Sessionizer " + version() + " · " + server.authority());
    }

    private static String version() {
        return BuildVersions.service();
    }

    @Override
    public void close() {
        browser.close();
        server.close();
    }
}
