package io.sessionizer.web.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTargetTest {
    @ParameterizedTest
    @CsvSource({
        "user=ann, ann",
        "zone=UTC&user=ann, ann",
        "user=a+b, a b",
        "user=a%2Bb, a+b",
        "user=a=b, a=b",
        "user=%C3%A9, é",
        "user=%00, '\0'",
        "user=, ''",
        "user, ''"
    })
    void decodesAParameter(String query, String value) {
        assertEquals(Optional.of(value), parameter(query));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&", "User=ann", "users=ann", "us%65r=ann"})
    void isEmptyWithoutTheParameter(String query) {
        assertEquals(Optional.empty(), parameter(query));
    }

    @Test
    void rejectsARepeatedParameter() {
        assertThrows(HttpException.class, () -> parameter("user=a&user=b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"user=%", "user=%f", "user=%zz", "user=%ff"})
    void rejectsWhatIsNotPercentEncodedUtf8(String query) {
        assertThrows(HttpException.class, () -> parameter(query));
    }

    private static Optional<String> parameter(String query) {
        return new RequestTarget("/", query).parameter("user");
    }
}
