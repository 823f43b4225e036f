package io.sessionizer.web;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contrast of the style sheet's colours, in both themes: WCAG 2.2, 1.4.3 for text and 1.4.11 for what is not text. */
class PageColoursTest {
    private static final double TEXT = 4.5;
    private static final double NOT_TEXT = 3;
    private static final Pattern TOKENS = Pattern.compile(":root \\{(.*?)\\}", Pattern.DOTALL);
    private static final Pattern TOKEN = Pattern.compile("--([a-z-]+): (#[0-9a-f]{6});");

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void controlsAndChartsStandOutFromWhatIsAroundThem(String theme) throws IOException {
        Map<String, String> colours = colours(theme);
        for (String background : List.of("surface", "page")) {
            assertContrast(NOT_TEXT, colours, "edge", background);
            assertContrast(NOT_TEXT, colours, "accent", background);
        }
        for (String bar : List.of("bar-lengths", "bar-zero", "bar-totals", "bar-counts")) {
            assertContrast(NOT_TEXT, colours, bar, "surface");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void textIsLegible(String theme) throws IOException {
        Map<String, String> colours = colours(theme);
        for (String text : List.of("ink", "muted", "accent", "up", "down", "danger")) {
            assertContrast(TEXT, colours, text, "surface");
            assertContrast(TEXT, colours, text, "page");
        }
        assertContrast(TEXT, colours, "accent-ink", "accent");
        assertContrast(TEXT, colours, "accent", "accent-soft");
        assertContrast(TEXT, colours, "up", "good-soft");
        assertContrast(TEXT, colours, "ink", "notice");
        assertContrast(TEXT, colours, "tip-ink", "tip");
    }

    private static void assertContrast(double least, Map<String, String> colours, String one, String other) {
        double lighter = Math.max(luminance(colours.get(one)), luminance(colours.get(other)));
        double darker = Math.min(luminance(colours.get(one)), luminance(colours.get(other)));
        double contrast = (lighter + 0.05) / (darker + 0.05);
        assertTrue(contrast >= least, () -> one + " on " + other + ": must be " + least + ". Found: " + contrast);
    }

    /** Relative luminance of sRGB. */
    private static double luminance(String colour) {
        double[] weights = {0.2126, 0.7152, 0.0722};
        double sum = 0;
        for (int i = 0; i < 3; i++) {
            double part = Integer.parseInt(colour.substring(1 + 2 * i, 3 + 2 * i), 16) / 255.0;
            sum += weights[i] * (part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4));
        }
        return sum;
    }

    /** The dark theme overrides colours of the light one, which come first. */
    private static Map<String, String> colours(String theme) throws IOException {
        Map<String, String> colours = new HashMap<>();
        Matcher blocks = TOKENS.matcher(styleSheet());
        assertTrue(blocks.find());
        addTokens(colours, blocks.group(1));
        if (theme.equals("dark")) {
            assertTrue(blocks.find());
            addTokens(colours, blocks.group(1));
        }
        return colours;
    }

    private static void addTokens(Map<String, String> colours, String block) {
        Matcher token = TOKEN.matcher(block);
        while (token.find()) {
            colours.put(token.group(1), token.group(2));
        }
    }

    private static String styleSheet() throws IOException {
        try (InputStream in = PageColoursTest.class.getResourceAsStream("/io/sessionizer/web/assets/page.css")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
