package io.sessionizer.app.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NearestNameTest {
    @Test
    void countsLettersChangedAddedAndLeftOut() {
        assertEquals(0, NearestName.distance("gap", "gap"));
        assertEquals(3, NearestName.distance("kitten", "sitting"));
        assertEquals(3, NearestName.distance("", "gap"));
        assertEquals(1, NearestName.distance("gaps", "gap"));
    }

    @Test
    void takesTheNearest() {
        assertEquals(
                Optional.of("user.from"), NearestName.to("usr.form", List.of("idle.after.ms", "user.from", "acks")));
    }

    @Test
    void takesNone_whenAllAreFar() {
        assertEquals(Optional.empty(), NearestName.to("frobnicate", List.of("acks", "user.from")));
    }
}
