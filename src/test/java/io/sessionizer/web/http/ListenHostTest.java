package io.sessionizer.web.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListenHostTest {
    @ParameterizedTest
    @CsvSource({
        "localhost, localhost, false",
        "board.example, board.example, false",
        "127.0.0.1, 127.0.0.1, false",
        "10.0.0.0, 10.0.0.0, false",
        "0.0.0.0, 0.0.0.0, true",
        "::, [::], true",
        "0:0:0:0:0:0:0:0, [0:0:0:0:0:0:0:0], true",
        "::1, [::1], false",
        "fe80::1, [fe80::1], false"
    })
    void isWrittenInUrisWithBrackets_andKnowsTheWildcardAddresses(String name, String inUri, boolean isWildcard) {
        assertEquals(inUri, new ListenHost(name).inUri());
        assertEquals(isWildcard, new ListenHost(name).isWildcard());
    }
}
