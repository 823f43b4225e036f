package io.sessionizer.guarantee;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.guarantee.support.ApiClient;
import io.sessionizer.guarantee.support.InstancePair;
import io.sessionizer.guarantee.support.ServiceOutputs;
import io.sessionizer.guarantee.support.ServiceProcess;
import io.sessionizer.guarantee.support.TestBrowser;
import io.sessionizer.guarantee.support.TestCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/**
 * The pages show, in a real browser, what the service has counted and remembers; they follow it while one watches, take
 * whatever a user is called for text, and can be used by keyboard alone.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PagesInABrowser {
    private static final String GROUP = "pages";
    private static final Duration PATIENCE = InstancePair.PATIENCE;
    private static final LocalDate TODAY = LocalDate.now(ZoneOffset.UTC);
    private static final String SCRIPT = "<script>document.title='taken'</script>/../\"&";
    private TestBrowser browser;
    private InstancePair both;
    private TestCluster cluster;
    private ServiceOutputs outputs;
    private ServiceProcess one;
    private ServiceProcess two;
    private String emptyBoard;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        browser = TestBrowser.start(directory.resolve("browser"));
        both = InstancePair.start(directory, GROUP);
        cluster = both.cluster();
        outputs = both.outputs();
        one = both.one();
        two = both.two();
        browser.open(one.url() + "/");
        emptyBoard = browser.text("empty-notice");
        both.session("length 600", TODAY.minusDays(2), "23:40:00", 600);
        both.session("length 0", TODAY.minusDays(2), "12:00:00", 0);
        both.session("length 25", TODAY.minusDays(3), "10:00:00", 25);
        outputs.await(
                "The seeded sessions conclude",
                PATIENCE,
                seen -> seen.concluded().size() == 3);
    }

    @AfterAll
    void stop() {
        if (browser != null) {
            browser.close();
        }
        if (both != null) {
            both.close();
        }
    }

    @BeforeEach
    void freshPage() {
        browser.open("about:blank");
        browser.size(1280, 1000);
        browser.problems("localhost");
    }

    @Test
    void theBoardShowsTheCounts_andUpdatesLive() {
        browser.open(one.url() + "/");
        browser.await(
                "The seeded sessions are shown", page -> "2".equals(counted(TODAY.minusDays(2), 1)) ? true : null);
        assertEquals("1", counted(TODAY.minusDays(3), 1));
        assertEquals("122", counted(TODAY.minusDays(2), 2));
        assertEquals("600", value("totals", TODAY.minusDays(2).toString(), 2));
        assertEquals("25", value("totals", TODAY.minusDays(3).toString(), 2));
        assertEquals("1", value("lengths", "15", 1));
        assertEquals("1", value("lengths", "480", 1));
        browser.await(
                "The median is the API's",
                page -> ApiClient.get(one.url() + "/api/board")
                                .body()
                                .path("lengths")
                                .path("medianSeconds")
                                .asText()
                                .equals(page.one("lengths-median").getDomAttribute("data-value"))
                        ? true
                        : null);

        assertEquals("0", counted(TODAY.minusDays(4), 1));
        both.session("moves", TODAY.minusDays(4), "08:00:00", 40);
        browser.await("The board moves by itself", page -> "1".equals(counted(TODAY.minusDays(4), 1)) ? true : null);
        assertCalm();
    }

    @Test
    void anEmptyBoardExplainsTheNextStep() {
        assertTrue(emptyBoard.contains("Send your events to the topic events."), emptyBoard);
        assertTrue(emptyBoard.contains("A session appears here 5 s after its user’s last event."), emptyBoard);
    }

    @Test
    void pagesFitPhonesAndWideScreens() {
        for (int width : new int[] {360, 2560}) {
            browser.size(width, 800);
            for (String page : List.of("/", "/profiles", "/settings")) {
                browser.open(two.url() + page);
                browser.await(
                        "It is live",
                        at -> at.all("status").stream()
                                        .allMatch(status -> List.of("live", "waiting")
                                                .contains(status.getDomAttribute("data-state")))
                                ? true
                                : null);
                assertEquals(
                        0L,
                        browser.driver()
                                .executeScript("const page = document.documentElement;"
                                        + "return Math.max(0, page.scrollWidth - page.clientWidth)"),
                        page + " at " + width);
            }
        }
        assertCalm();
    }

    @Test
    void aSessionCountsInTheDayOfItsLastActivity_inTheChosenTimeZone() {
        browser.open(two.url() + "/");
        browser.await(
                "The seeded sessions are shown", page -> "2".equals(counted(TODAY.minusDays(2), 1)) ? true : null);

        browser.one("zone").sendKeys(Keys.chord(Keys.CONTROL, "a"), "Asia/Kathmandu", Keys.ENTER);

        browser.await(
                "23:50 UTC is on the next day in Kathmandu",
                page -> "1".equals(counted(TODAY.minusDays(2), 1)) ? true : null);
        assertEquals("1", counted(TODAY.minusDays(1), 1));
        assertTrue(browser.driver().getCurrentUrl().contains("zone=Asia%2FKathmandu"));
        assertCalm();
    }

    @Test
    void aUserIsText_whateverItIsCalled() {
        both.session(SCRIPT, TODAY, "00:00:00", 0);
        browser.open(one.url() + "/profiles");

        browser.one("user-search").sendKeys(SCRIPT);
        browser.one("user-search-button").click();

        browser.awaitText("user-name", SCRIPT);
        assertNotEquals("taken", browser.driver().getTitle());
        assertEquals(
                0, browser.driver().findElements(By.cssSelector("main script")).size());
        assertCalm();
        for (char invisible : "\u200b\u2060\ufeff\u00ad\u202e\u115f".toCharArray()) {
            String shown = "user[U+%04X]".formatted((int) invisible);
            browser.open(one.url() + "/profiles/" + ApiClient.encoded("user" + invisible));
            browser.await(shown, page -> page.driver().getTitle().startsWith(shown) ? true : null);
        }
    }

    @Test
    void anyInstanceShowsAnyUser_andErasesIt() {
        Map<Integer, String> users = both.oneUserOfEachPartition();
        Set<Integer> others = cluster.partitionsOf(GROUP, "pages-two");
        assertEquals(2, others.size());
        for (int partition : others) {
            String user = users.get(partition);
            browser.open(one.url() + "/profiles/" + ApiClient.encoded(user));

            browser.awaitText("user-name", user);
            String id = browser.text("session-id");
            assertEquals(
                    Set.of(id),
                    outputs.stamped().stream()
                            .filter(event -> event.user().equals(user))
                            .map(event -> event.session().orElseThrow())
                            .collect(Collectors.toSet()));

            browser.one("erase-button").click();
            browser.one("erase-confirm").click();
            browser.awaitText("erasure", "The user has been erased.");
            assertEquals(
                    404,
                    ApiClient.get(two.url() + "/api/profiles/" + ApiClient.encoded(user))
                            .status());
        }
        assertCalm();
    }

    @Test
    void theSwitchHoldsForAllInstances_andSurvivesARestart() throws Exception {
        browser.open(one.url() + "/settings");
        browser.awaitText("tracking-state", "On: events get the ID of their session.");

        browser.one("tracking-switch").click();
        browser.one("off-confirm").click();

        browser.awaitText("tracking-result", "Session tracking is now off.");
        InstancePair.awaitTracking(two, false);
        assertNull(both.stampOf("while off", "switch-1"));

        one.stop();
        one.start();
        one.awaitRunning(PATIENCE);
        browser.open(one.url() + "/settings");
        browser.awaitText("tracking-state", "Off: events pass through without a session ID.");
        browser.open(one.url() + "/");
        browser.one("tracking-off");
        browser.open(one.url() + "/settings");
        browser.awaitText("tracking-state", "Off: events pass through without a session ID.");
        browser.one("tracking-switch").click();
        browser.awaitText("tracking-result", "Session tracking is now on.");
        InstancePair.awaitTracking(two, true);
        assertEquals(36, both.stampOf("on again", "switch-2").length());
        assertCalm();
    }

    @Test
    void theKeyboardIsEnough() {
        browser.open(two.url() + "/");
        browser.await("The board is there", page -> "1".equals(counted(TODAY.minusDays(3), 1)) ? true : null);
        browser.press(Keys.TAB);
        assertEquals("Skip to the content", browser.focused().getText());
        browser.press(Keys.ENTER);
        assertEquals("content", browser.focused().getDomAttribute("id"));
        browser.tabTo("zone");
        browser.focused().sendKeys("Berlin" + Keys.ENTER);
        browser.await(
                "A zone is chosen by its letters",
                page -> page.driver().getCurrentUrl().contains("zone=Europe%2FBerlin") ? true : null);
        browser.tabTo("lengths-toggle");
        browser.press(Keys.ENTER);
        assertTrue(browser.one("lengths-table").isDisplayed());
        assertEquals("true", browser.focused().getDomAttribute("aria-pressed"));

        browser.open(two.url() + "/profiles");
        both.session("by keyboard", TODAY, "00:00:00", 0);
        browser.await(
                "The search field has the focus",
                page -> "user".equals(browser.focused().getDomAttribute("id")) ? true : null);
        browser.focused().sendKeys("by keyboard" + Keys.ENTER);
        browser.awaitText("user-name", "by keyboard");
        browser.tabTo("erase-button");
        browser.press(Keys.ENTER);
        browser.one("erase-dialog");
        browser.press(Keys.ESCAPE);
        browser.await(
                "Escape closes the dialog",
                page -> page.all("erase-dialog").stream().noneMatch(WebElement::isDisplayed) ? true : null);
        assertEquals("erase-button", browser.focused().getDomAttribute("data-testid"));

        browser.open(two.url() + "/settings");
        browser.awaitText("tracking-state", "On: events get the ID of their session.");
        browser.tabTo("tracking-switch");
        browser.press(Keys.SPACE);
        browser.tabTo("off-confirm");
        browser.press(Keys.ENTER);
        browser.awaitText("tracking-result", "Session tracking is now off.");
        browser.press(Keys.SPACE);
        browser.awaitText("tracking-result", "Session tracking is now on.");
        assertCalm();
    }

    private String counted(LocalDate day, int column) {
        return value("counts", day.toString(), column);
    }

    /** The exact value of a cell of a card's table, which may be hidden behind the chart; empty where it isn't there. */
    private String value(String card, String row, int column) {
        List<WebElement> cells = browser.driver()
                .findElements(By.cssSelector("[data-testid='" + card + "-table'] tr[data-key='" + row
                        + "'] > :nth-child(" + (column + 1) + ")"));
        return cells.isEmpty() ? "" : cells.get(0).getDomAttribute("data-value");
    }

    /** Nothing in the console, and no request to another host. */
    private void assertCalm() {
        assertEquals(List.of(), browser.problems("localhost"));
    }
}
