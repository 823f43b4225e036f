package io.sessionizer.web.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Versions that the build writes to version.properties, which is read once. */
public final class BuildVersions {
    private static final Properties VERSIONS = load();

    private BuildVersions() {}

    private static Properties load() {
        Properties versions = new Properties();
        try (InputStream in = BuildVersions.class.getResourceAsStream("/version.properties")) {
            if (in != null) {
                versions.load(in);
            }
            return versions;
        } catch (IOException e) {
            throw new UncheckedIOException("version.properties: must be readable", e);
        }
    }

    public static String service() {
        return VERSIONS.getProperty("version", "unknown");
    }

    /** The version of the WebJar of Chart.js. */
    static String chartJs() {
        return VERSIONS.getProperty("chart.js", "unknown");
    }
}
