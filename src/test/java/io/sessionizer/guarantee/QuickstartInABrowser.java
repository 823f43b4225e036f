package io.sessionizer.guarantee;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.guarantee.support.ApiClient;
import io.sessionizer.guarantee.support.PollingWait;
import io.sessionizer.guarantee.support.TestBrowser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;

/**
 * The board shows the quickstart's statistics within seconds. The test also takes the screenshots of the documentation, in
 * {@code target/pictures} or the folder of the system property {@code pictures}, in the font that fontconfig has for
 * system-ui. Whatever the time, the shop is in a time zone where it is the afternoon, so that today has something to show.
 */
class QuickstartInABrowser {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    /** After the last visit of the history: at most two hours of a visit, and 6.5 offline. */
    private static final int LATEST_UPLOAD_HOURS = 9;

    private static final Pattern BOARD_AT = Pattern.compile("Session Board: (http://\\S+)");
    private static final Pattern STAYS_OPEN = Pattern.compile("(The shop stays open)");
    private static final Pattern DAY = Pattern.compile("(?m)^(\\d{4}-\\d\\d-\\d\\d) \\w{3} +([\\d,]+)");

    private static final LocalTime AFTERNOON = LocalTime.of(16, 0);
    /** One of each hour that is in use, and of its own name rather than of an offset. */
    private static final ZoneId ZONE = Stream.of(
                    "Pacific/Auckland",
                    "Australia/Sydney",
                    "Australia/Brisbane",
                    "Asia/Tokyo",
                    "Asia/Singapore",
                    "Asia/Bangkok",
                    "Asia/Dhaka",
                    "Asia/Karachi",
                    "Asia/Dubai",
                    "Africa/Nairobi",
                    "Africa/Cairo",
                    "Europe/Berlin",
                    "Europe/London",
                    "Atlantic/Azores",
                    "America/Noronha",
                    "America/Sao_Paulo",
                    "America/Halifax",
                    "America/New_York",
                    "America/Chicago",
                    "America/Denver",
                    "America/Los_Angeles",
                    "America/Anchorage",
                    "Pacific/Honolulu",
                    "Pacific/Pago_Pago")
            .map(ZoneId::of)
            .min(Comparator.comparing(
                    zone -> Duration.between(AFTERNOON, LocalTime.now(zone)).abs()))
            .orElseThrow();

    @TempDir
    Path directory;

    @Test
    void theBoardShowsTheNumbersThatTheQuickstartPrints() throws Exception {
        Path output = directory.resolve("quickstart.log");
        try (TestBrowser browser = TestBrowser.start(directory.resolve("browser"))) {
            Process quickstart = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx1g",
                            "-Duser.timezone=" + ZONE,
                            "-cp",
                            System.getProperty("java.class.path"),
                            "io.sessionizer.quickstart.Quickstart",
                            "--port",
                            "0",
                            "--http-port",
                            "0")
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            try {
                String url = await(output, quickstart, BOARD_AT);
                browser.size(1280, 1000);
                browser.open(url + "/");
                browser.await(
                        "The board moves while the history is worked off",
                        page -> page.one("lengths-sessions").getText().length() > 2 ? true : null);
                await(output, quickstart, STAYS_OPEN);
                Map<String, Long> printedSessions = sessionsByDay(read(output));

                assertTrue(printedSessions.size() > 27, () -> read(output));
                printedSessions.forEach((day, sessions) -> browser.await(
                        day + " has " + sessions + " sessions", page -> shown(page, day) == sessions ? true : null));
                takePictures(browser, url);

                assertEquals(List.of(), browser.problems("localhost"));
                quickstart.destroy();
                assertTrue(quickstart.waitFor(60, TimeUnit.SECONDS), () -> read(output));
            } finally {
                quickstart.destroyForcibly();
            }
        }
    }

    /**
     * What the quickstart has counted itself, out of the concluded topic; without what is before the board's days, and without
     * today and days so recent that a phone of the shop that is still offline may upload events of them.
     */
    private static Map<String, Long> sessionsByDay(String text) {
        Map<String, Long> days = new TreeMap<>();
        Matcher day = DAY.matcher(text);
        while (day.find()) {
            days.put(day.group(1), number(day.group(2)));
        }
        LocalDate today = LocalDate.now(ZONE);
        LocalDate uploadedLate =
                LocalDateTime.now(ZONE).minusHours(LATEST_UPLOAD_HOURS).toLocalDate();
        days.keySet()
                .removeIf(date -> !LocalDate.parse(date).isBefore(uploadedLate)
                        || !LocalDate.parse(date).isAfter(today.minusDays(30)));
        return days;
    }

    private static long shown(TestBrowser browser, String day) {
        return browser
                .driver()
                .findElements(By.cssSelector("[data-testid='counts-table'] tr[data-key='" + day + "'] td"))
                .stream()
                .findFirst()
                .map(cell -> Long.parseLong(cell.getDomAttribute("data-value")))
                .orElse(-1L);
    }

    private static void takePictures(TestBrowser browser, String url) throws IOException {
        Path to = Files.createDirectories(Path.of(System.getProperty("pictures", "target/pictures")));
        String user = ApiClient.get(url + "/api/settings").status() == 200 ? aUserWithHistory(url) : "";
        for (String scheme : List.of("light", "dark")) {
            browser.prefer(scheme);
            browser.size(1280, 1180);
            browser.open(url + "/");
            browser.await(
                    "The board is there",
                    page -> page.one("lengths-sessions").getText().length() > 2 ? true : null);
            browser.fitHeight();
            take(browser, to.resolve("board-" + scheme + ".png"));
            browser.size(1280, 1000);
            browser.open(url + "/profiles/" + user);
            browser.one("session-id");
            browser.fitHeight();
            take(browser, to.resolve("profile-" + scheme + ".png"));
            browser.size(1280, 1000);
            browser.open(url + "/settings");
            browser.await(
                    "The configuration is there",
                    page -> page.one("configuration").getText().contains("user.from") ? true : null);
            take(browser, to.resolve("settings-" + scheme + ".png"));
        }
    }

    /** The visitor of the sample shop with the most remembered sessions. */
    private static String aUserWithHistory(String url) {
        String best = "";
        int most = 0;
        for (int i = 1001; i < 1300; i++) {
            int sessions = ApiClient.get(url + "/api/profiles/user-" + i)
                    .body()
                    .path("sessions")
                    .size();
            if (sessions > most) {
                most = sessions;
                best = "user-" + i;
            }
        }
        return best;
    }

    private static void take(TestBrowser browser, Path file) throws IOException {
        Files.write(file, browser.picture());
    }

    private static String await(Path output, Process process, Pattern line) {
        PollingWait.until("The quickstart says " + line, PATIENCE, () -> {
            if (!process.isAlive()) {
                throw new AssertionError("The quickstart must run on. Found: " + read(output));
            }
            return line.matcher(read(output)).find();
        });
        Matcher found = line.matcher(read(output));
        found.find();
        return found.group(1);
    }

    private static long number(String text) {
        return Long.parseLong(text.replaceAll("[^0-9]", ""));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
