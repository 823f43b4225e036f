package io.sessionizer.web.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version, as written by the build. */
public final class BuildVersions {
    private BuildVersions() {}

    public static String service() {
        Properties properties = new Properties();
        try (InputStream in = BuildVersions.class.getResourceAsStream("/version.properties")) {
            if (in == null) {
                return "unknown";
            }
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException("version.properties: must be readable", e);
        }
        return properties.getProperty("version", "unknown");
    }
}
