package io.sessionizer.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.event.UncountedReason;
import io.sessionizer.event.UncountedReason.EventPart;
import io.sessionizer.guarantee.support.TestBrowser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pages in a real browser, held against the WCAG, and as they are printed or shown in the system's own colours. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PageAccessibilityIT {
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

    @ParameterizedTest
    @CsvSource({"light, 360", "dark, 1280"})
    void noPageViolatesTheWcag(String theme, int width) {
        browser.prefer(theme);
        browser.size(width, 900);
        List<String> found = new ArrayList<>();
        for (String path : List.of("/", "/profiles", "/profiles/" + SamplePages.USER, "/profiles/none", "/settings")) {
            pages.open(path);
            check(path, found);
        }
        browser.one("tracking-switch").click();
        browser.one("off-dialog");
        check("the dialog that confirms the switch", found);
        pages.open("/profiles/" + SamplePages.USER);
        browser.one("erase-button").click();
        browser.one("erase-dialog");
        check("the dialog that confirms an erasure", found);
        pages.reportUncounted(Optional.of(new UncountedReason(EventPart.TYPE, "x".repeat(100))));
        pages.open("/");
        browser.one("uncounted");
        check("the notice that nearly all events do not count", found);
        pages.reportUncounted(Optional.empty());
        pages.open("/");
        for (String card : List.of("counts", "totals", "lengths", "typical")) {
            browser.one(card + "-toggle").click();
        }
        check("the board as tables", found);
        assertEquals(List.of(), found);
    }

    private void check(String where, List<String> found) {
        browser.violations().forEach(violation -> found.add(where + ": " + violation));
    }

    @Test
    void aControlWithoutANameWouldBeFound() {
        pages.open("/");
        browser.driver().executeScript("document.querySelector('main').append(document.createElement('button'))");
        assertTrue(browser.violations().toString().contains("button-name"));
    }

    @Test
    void aPrintedPageIsLight_alsoFromDarkMode() {
        browser.emulate("print", Map.of("prefers-color-scheme", "dark"));
        browser.size(1280, 900);
        for (String path : List.of("/", "/settings", "/profiles/" + SamplePages.USER)) {
            browser.open("http://" + pages.server.authority() + path);
            assertEquals("rgb(255, 255, 255)", style("body", "backgroundColor"), path);
            assertEquals("none", style("nav", "display"), path);
            assertEquals("none", style("#pause", "display"), path);
        }
        assertEquals("none", style("#erase", "display"));
    }

    @Test
    void chartsHaveTheSystemsColours_whereItForcesThem() {
        browser.prefer("light");
        browser.size(1280, 900);
        pages.open("/");
        assertEquals("#5a75e6", token("bar-counts"));
        browser.emulate("screen", Map.of("forced-colors", "active"));
        assertEquals("Highlight", token("bar-counts"));
        assertEquals("CanvasText", token("ink"));
        String dot = style(".dot", "backgroundColor");
        String canvas = style("body", "backgroundColor");
        assertNotEquals(canvas, dot, "the dot must be visible");
        pages.open("/profiles/" + SamplePages.USER);
        browser.one("session-id");
        assertNotEquals(style("body", "backgroundColor"), style(".bar", "backgroundColor"), "bars must be visible");
    }

    @Test
    void moreContrastIsGiven_whereItIsPreferred() {
        browser.emulate("screen", Map.of("prefers-contrast", "more"));
        pages.open("/");
        assertEquals(token("ink"), token("muted"));
        assertEquals(token("ink"), token("edge"));
    }

    /** The exact value of a rounded figure is text, not only a tip of the mouse. */
    @Test
    void exactValuesAreText() {
        browser.prefer("light");
        pages.open("/");
        assertEquals("30 s", browser.text("median").replace('\u00a0', ' '));
        assertEquals("750 s", browser.text("total-exact").replace('\u00a0', ' '));
        assertEquals(0L, browser.driver().executeScript("return document.querySelectorAll('main [title]').length"));
        assertTrue(browser.text("since").startsWith("Sessions counted since Tue 3 Nov 2026"), browser.text("since"));
    }

    private String style(String selector, String property) {
        return (String) browser.driver()
                .executeScript(
                        "return getComputedStyle(document.querySelector(arguments[0]))[arguments[1]]",
                        selector,
                        property);
    }

    private String token(String name) {
        return (String) browser.driver()
                .executeScript(
                        "return getComputedStyle(document.documentElement).getPropertyValue('--' + arguments[0]).trim()",
                        name);
    }
}
