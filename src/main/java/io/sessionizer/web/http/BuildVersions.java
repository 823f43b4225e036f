package io.sessionizer.web.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The versions that the build has written to a resource, which is read once. */
public final class BuildVersions {
    private static final Properties VERSIONS = read();

    private BuildVersions() {}

    private static Properties read() {
        Properties versions = new Properties();
        try (InputStream in = BuildVersions.class.getResourceAsStream("/version.properties")) {
            if (in != null) {
                versions.load(in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("version.properties: must be readable", e);
        }
        return versions;
    }

    public static String service() {
        return VERSIONS.getProperty("version", "unknown");
    }

    static String chartJs() {
        return VERSIONS.getProperty("chart.js", "unknown");
    }
}
