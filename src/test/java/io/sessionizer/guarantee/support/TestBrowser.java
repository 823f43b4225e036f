package io.sessionizer.guarantee.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * A real Chromium without a screen. What its pages write to the console and where they send requests is collected, to be
 * held against what a page may do.
 */
public final class TestBrowser implements AutoCloseable {
    private static final Optional<Path> CHROMIUM = onThePath("chromium").or(() -> onThePath("google-chrome"));
    private static final Optional<Path> DRIVER = onThePath("chromedriver");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MOST_TABS = 40;
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Logged by the browser when a page requests what does not exist yet, such as an unknown user. */
    private static final String STATUS_OF_A_REQUEST = "Failed to load resource";

    private static final String AXE = axe();

    private final ChromeDriver driver;

    private TestBrowser(ChromeDriver driver) {
        this.driver = driver;
    }

    /**
     * Starts one, or skips the test where there is none.
     *
     * @param profile an empty directory for what it keeps
     */
    public static TestBrowser start(Path profile) {
        boolean isInstalled = CHROMIUM.isPresent() && DRIVER.isPresent();
        if (!isInstalled) {
            System.out.println("Skipped a test in a browser: no chromium and chromedriver on the PATH");
        }
        assumeTrue(isInstalled, "chromium and chromedriver must be on the PATH");
        ChromeOptions options = new ChromeOptions();
        options.setBinary(CHROMIUM.orElseThrow().toFile());
        options.addArguments(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--force-color-profile=srgb",
                "--hide-scrollbars",
                "--user-data-dir=" + profile.toAbsolutePath());
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable("browser", java.util.logging.Level.ALL);
        logs.enable("performance", java.util.logging.Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(DRIVER.orElseThrow().toFile())
                .usingAnyFreePort()
                // two JVMs may run tests in a browser at the same time
                .withLogFile(new File(
                        "target/chromedriver-" + ProcessHandle.current().pid() + ".log"))
                .build();
        return new TestBrowser(new ChromeDriver(service, options));
    }

    private static Optional<Path> onThePath(String program) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .map(directory -> Path.of(directory, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    public void open(String url) {
        driver.get(url);
    }

    public void size(int width, int height) {
        driver.manage().window().setSize(new Dimension(width, height));
    }

    /** Makes the window so high that the whole page fits in it, below the frame of the headless window. */
    public void fitHeight() {
        Dimension window = driver.manage().window().getSize();
        Number missing = (Number) driver.executeScript(
                "return document.documentElement.scrollHeight - document.documentElement.clientHeight");
        size(window.getWidth(), window.getHeight() + missing.intValue());
    }

    /** What the visitor's system prefers: "light" or "dark". */
    public void prefer(String scheme) {
        emulate("screen", Map.of("prefers-color-scheme", scheme));
    }

    /**
     * Sets what the style sheets are asked for.
     *
     * @param media "screen" or "print"
     * @param features media features by name
     */
    public void emulate(String media, Map<String, String> features) {
        List<Map<String, String>> all = features.entrySet().stream()
                .map(feature -> Map.of("name", feature.getKey(), "value", feature.getValue()))
                .toList();
        driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("media", media, "features", all));
    }

    /** What axe-core finds wrong with the page as it is shown, by the WCAG to level AA and by common practice. */
    @SuppressWarnings("unchecked")
    public List<String> violations() {
        return (List<String>) driver.executeAsyncScript(AXE + """
                ;const done = arguments[arguments.length - 1];
                axe.run().then(({ violations }) => done(violations.flatMap(({ id, help, nodes }) =>
                    nodes.map(({ target, any }) => `${id}: ${help}: ${target} ${any.map(({ message }) => message)}`))),
                    (failed) => done([String(failed)]));""");
    }

    private static String axe() {
        try (InputStream in = TestBrowser.class.getResourceAsStream("/axe.min.js")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The elements with this {@code data-testid}. */
    public List<WebElement> all(String testId) {
        return driver.findElements(By.cssSelector("[data-testid='" + testId + "']"));
    }

    /** The element with this {@code data-testid}, waited for until it is shown. */
    public WebElement one(String testId) {
        return await(
                testId + " is shown",
                browser -> browser.all(testId).stream()
                        .filter(WebElement::isDisplayed)
                        .findFirst()
                        .orElse(null));
    }

    public String text(String testId) {
        return await(testId + " has a text", browser -> one(testId).getText()).trim();
    }

    public void awaitText(String testId, String expected) {
        try {
            await(testId + " is " + expected, browser -> text(testId).equals(expected) ? true : null);
        } catch (AssertionError late) {
            assertEquals(expected, text(testId), testId);
        }
    }

    /** The element that keys go to. */
    public WebElement focused() {
        return driver.switchTo().activeElement();
    }

    public void press(Keys key) {
        focused().sendKeys(key);
    }

    /** Moves the focus by the tab key to the element with this {@code data-testid}. */
    public void tabTo(String testId) {
        for (int i = 0; i < MOST_TABS && !testId.equals(focused().getDomAttribute("data-testid")); i++) {
            press(Keys.TAB);
        }
        assertEquals(testId, focused().getDomAttribute("data-testid"));
    }

    /** Waits until {@code found} returns something. */
    public <T> T await(String what, Function<TestBrowser, T> found) {
        return new WebDriverWait(driver, PATIENCE, Duration.ofMillis(50))
                .ignoring(StaleElementReferenceException.class)
                .withMessage(what)
                .until(unused -> found.apply(this));
    }

    public ChromeDriver driver() {
        return driver;
    }

    /** The window as a picture. */
    public byte[] picture() {
        return driver.getScreenshotAs(OutputType.BYTES);
    }

    /** Errors that the console has shown since the last call, and requests to any other host than {@code host}. */
    public List<String> problems(String host) {
        List<String> complaints = new ArrayList<>();
        for (LogEntry entry : driver.manage().logs().get("browser")) {
            if (entry.getLevel().intValue() >= java.util.logging.Level.WARNING.intValue()
                    && !entry.getMessage().contains(STATUS_OF_A_REQUEST)) {
                complaints.add(entry.getMessage());
            }
        }
        for (LogEntry entry : driver.manage().logs().get("performance")) {
            JsonNode message = json(entry.getMessage()).path("message");
            String url = message.path("params").path("request").path("url").asText();
            if (message.path("method").asText().equals("Network.requestWillBeSent")
                    && url.startsWith("http")
                    && !host.equals(URI.create(url).getHost())) {
                complaints.add("a request to " + url);
            }
        }
        return complaints;
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        driver.quit();
    }
}
