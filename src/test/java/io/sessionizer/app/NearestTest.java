package io.sessionizer.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NearestTest {
    @Test
    void countsLettersChangedAddedAndLeftOut() {
        assertEquals(0, Nearest.distance("gap", "gap"));
        assertEquals(3, Nearest.distance("kitten", "sitting"));
        assertEquals(3, Nearest.distance("", "gap"));
        assertEquals(1, Nearest.distance("gaps", "gap"));
    }

    @Test
    void takesTheNearest() {
        assertEquals(Optional.of("user.from"), Nearest.to("usr.form", List.of("idle.after.ms", "user.from", "acks")));
    }

    @Test
    void takesNone_whenAllAreFar() {
        assertEquals(Optional.empty(), Nearest.to("frobnicate", List.of("acks", "user.from")));
    }
}
