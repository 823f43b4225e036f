package io.sessionizer.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The dashboard is laid out in order. What it asks for is tested where something is exposed. */
class DashboardTest {
    private static final int COLUMNS = 24;

    private final JsonNode panels =
            AsyncApi.json(Path.of("config/grafana/dashboards/sessionizer.json")).get("panels");

    @Test
    void givesEachPanelAPlaceOfItsOwn() {
        Set<String> taken = new HashSet<>();
        Set<Integer> ids = new HashSet<>();
        for (JsonNode panel : panels) {
            JsonNode place = panel.get("gridPos");
            int right = place.get("x").asInt() + place.get("w").asInt();
            int bottom = place.get("y").asInt() + place.get("h").asInt();
            assertTrue(ids.add(panel.get("id").asInt()), panel::toString);
            assertTrue(right <= COLUMNS, panel::toString);
            for (int x = place.get("x").asInt(); x < right; x++) {
                for (int y = place.get("y").asInt(); y < bottom; y++) {
                    assertTrue(taken.add(x + "," + y), panel::toString);
                }
            }
        }
    }

    @Test
    void asksTheDataSourceThatIsChosen() {
        for (JsonNode panel : panels) {
            for (JsonNode target : panel.path("targets")) {
                assertEquals("${datasource}", target.at("/datasource/uid").asText());
                assertFalse(panel.get("title").asText().isEmpty());
            }
        }
    }
}
