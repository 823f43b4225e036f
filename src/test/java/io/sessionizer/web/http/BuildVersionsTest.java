package io.sessionizer.web.http;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class BuildVersionsTest {
    @Test
    void areThoseOfTheBuild() {
        assertTrue(BuildVersions.service().matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?"), BuildVersions.service());
        String webJar = "/META-INF/resources/webjars/chart.js/" + BuildVersions.chartJs() + "/dist/chart.umd.js";
        assertNotNull(BuildVersions.class.getResource(webJar), webJar);
    }
}
