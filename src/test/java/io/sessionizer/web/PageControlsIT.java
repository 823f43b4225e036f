package io.sessionizer.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.event.UncountedReason;
import io.sessionizer.event.UncountedReason.EventPart;
import io.sessionizer.guarantee.support.TestBrowser;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.Select;

/** What a visitor can change on the pages, and what the figures then say. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PageControlsIT {
    private SamplePages pages;
    private TestBrowser browser;

    @BeforeAll
    void start(@TempDir Path directory) {
        pages = SamplePages.start(directory.resolve("browser"));
        browser = pages.browser;
    }

    @AfterAll
    void stop() {
        if (pages != null) {
            pages.close();
        }
    }

    @BeforeEach
    void nothingCollected() {
        browser.open("about:blank");
        browser.size(1280, 1000);
        browser.problems("localhost");
    }

    @Test
    void aPauseStopsTheRequests_untilItIsEnded() {
        pages.open("/");
        WebElement pause = browser.one("pause");
        assertEquals("Pause updates", pause.getAccessibleName());
        assertTrue(refreshes(20), "a page must refresh until it is paused");
        pause.click();
        assertEquals("true", pause.getDomAttribute("aria-pressed"));
        assertEquals("paused", browser.one("status").getDomAttribute("data-state"));
        String shown = browser.text("sessions-today");
        pages.count(0, 60, 5);
        long requests = requests();

        assertFalse(refreshes(3), "a paused page must not refresh");
        assertEquals(requests, requests());
        assertEquals(shown, browser.text("sessions-today"));

        pause.click();
        browser.awaitText("sessions-today", "60");
        assertEquals("live", browser.one("status").getDomAttribute("data-state"));
        assertEquals("Pause updates", pause.getAccessibleName());
        pages.count(0, 25, 30);
        browser.awaitText("sessions-today", "25");
    }

    /** Whether the page asks for the board within so many seconds. */
    private boolean refreshes(int seconds) {
        return (boolean) browser.driver().executeAsyncScript("""
                        const [seconds, done] = arguments;
                        const seen = new PerformanceObserver((list) =>
                            list.getEntriesByName(new URL('/api/board?', location)).length && finish(true));
                        const timer = setTimeout(() => finish(false), seconds * 1000);
                        function finish(found) { seen.disconnect(); clearTimeout(timer); done(found); }
                        seen.observe({ type: 'resource' });""", seconds);
    }

    private long requests() {
        return (long)
                browser.driver()
                        .executeScript(
                                "return performance.getEntriesByType('resource').filter(({ name }) => name.includes('/api/board')).length");
    }

    @Test
    void aTogglesNameStays_andItsStateChanges() {
        pages.open("/");
        for (String card : List.of("counts", "totals", "lengths", "typical")) {
            WebElement toggle = browser.one(card + "-toggle");
            String name = toggle.getAccessibleName();
            assertTrue(name.startsWith("Table for "), name);
            assertEquals("false", toggle.getDomAttribute("aria-pressed"));
            toggle.click();
            assertEquals("true", toggle.getDomAttribute("aria-pressed"));
            assertEquals(name, toggle.getAccessibleName());
            assertTrue(browser.one(card + "-table").isDisplayed());
        }
    }

    @Test
    void todayIsComparedWithTheSameWeekdayOfLastWeek_orWithYesterday() {
        pages.open("/");
        assertEquals("32 last Tuesday by this time", browser.text("sessions-today-before"));
        assertEquals("−22 %", browser.text("sessions-today-change").replace('\u00a0', ' '));
        assertEquals(
                "7 min 30 s last Tuesday by this time",
                browser.text("median-before").replace('\u00a0', ' '));

        new Select(browser.one("against")).selectByValue("yesterday");

        browser.awaitText("sessions-today-before", "26 yesterday by this time");
        assertTrue(browser.driver().getCurrentUrl().endsWith("against=yesterday"));
        pages.open("/?against=yesterday");
        browser.awaitText("sessions-today-before", "26 yesterday by this time");
    }

    /** A session that is shorter than last week's is neither good nor bad. */
    @Test
    void onlyCountsAreColoured_andSmallOnesHaveNoPercentage() {
        pages.open("/");
        assertEquals("down", browser.one("sessions-today-change").getDomAttribute("data-way"));
        assertEquals("same", browser.one("median-change").getDomAttribute("data-way"));
        pages.count(0, 6, 30);
        try {
            browser.awaitText("sessions-today-change", "26 fewer");
            assertFalse(browser.all("median-change").get(0).isDisplayed());
        } finally {
            pages.count(0, 25, 30);
        }
    }

    @Test
    void daysBeforeTheFirstCountAreNotShownAsZero() {
        pages.open("/");
        browser.one("counts-toggle").click();
        String table = browser.text("counts-table");
        assertTrue(table.contains("Mon 2 Nov 2026, not counted"), table);
        assertTrue(table.contains("Tue 24 Nov 2026, so far"), table);
        assertTrue(table.contains("Tue 3 Nov 2026 46"), table);
    }

    @Test
    void aNoticeNamesWhyNearlyAllEventsDoNotCount_asTextAlone() {
        pages.open("/");
        assertFalse(browser.all("uncounted").get(0).isDisplayed());
        pages.reportUncounted(Optional.of(new UncountedReason(EventPart.SOURCE, "<b>server</b>")));
        try {
            browser.await("A notice", page -> page.all("uncounted").get(0).isDisplayed() ? true : null);
            WebElement notice = browser.one("uncounted");
            assertEquals(
                    "Nearly all events do not count. At least 99 % of the last 1,000 events opened or extended no session, most"
                            + " often because of the source <b>server</b>. If they should count, check event.source.field and"
                            + " untracked.sources.",
                    notice.getText().replace('\u00a0', ' '));
            assertEquals("complementary", notice.getAriaRole());
            assertEquals("Nearly all events do not count", notice.getAccessibleName());
        } finally {
            pages.reportUncounted(Optional.empty());
        }
        browser.await("No notice", page -> page.all("uncounted").get(0).isDisplayed() ? null : true);
        assertEquals(List.of(), browser.problems("localhost"));
    }

    @Test
    void theSwitchIsTurnedOffOnlyAfterAConfirmation() {
        pages.open("/settings");
        browser.awaitText("tracking-state", "On: events get the ID of their session.");

        browser.one("tracking-switch").click();
        browser.awaitText("off-users", "23 users have an open session.");
        assertEquals("off-cancel", browser.focused().getDomAttribute("data-testid"));
        browser.press(Keys.ESCAPE);
        browser.await("It closes", page -> !page.all("off-dialog").get(0).isDisplayed() ? true : null);
        assertTrue(pages.server.tracking.get());
        assertTrue(browser.one("tracking-switch").isSelected());

        browser.one("tracking-switch").click();
        browser.one("off-confirm").click();
        browser.awaitText("tracking-result", "Session tracking is now off.");
        assertFalse(pages.server.tracking.get());

        browser.one("tracking-switch").click();
        browser.awaitText("tracking-result", "Session tracking is now on.");
        assertTrue(pages.server.tracking.get());
    }

    @Test
    void aProfileShowsTheRevision_andTheRetentionInUse() {
        pages.open("/profiles/" + SamplePages.USER);
        assertEquals("open", browser.text("revision"));
        String table = browser.text("sessions-table").replace('\u00a0', ' ');
        assertTrue(table.contains("Tue 12 Jul, 07:00:00 – 07:10:00 10 min 2 1 "), table);

        pages.open("/profiles/none");
        assertTrue(
                browser.text("unknown-user")
                        .replace('\u00a0', ' ')
                        .contains("a session is remembered for 2 h after it concludes"),
                browser.text("unknown-user"));
    }

    @Test
    void aZoneIsFoundByItsName_byItsLastPart_andWhateverItsCase() {
        pages.open("/");
        choose("kathmandu");
        browser.await(
                "Kathmandu", page -> page.driver().getCurrentUrl().contains("zone=Asia%2FKathmandu") ? true : null);
        choose("europe/berlin");
        browser.await("Berlin", page -> page.driver().getCurrentUrl().contains("zone=Europe%2FBerlin") ? true : null);

        choose("Mars");
        browser.awaitText("zone-unknown", "No time zone is named Mars.");
        assertEquals("Europe/Berlin", browser.one("zone").getDomProperty("value"));
        assertEquals(List.of(), browser.problems("localhost"));
    }

    private void choose(String text) {
        browser.one("zone").click();
        browser.one("zone").sendKeys(Keys.chord(Keys.CONTROL, "a"), text, Keys.ENTER);
    }
}
