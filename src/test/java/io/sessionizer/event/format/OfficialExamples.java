package io.sessionizer.event.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sessionizer.docs.DocumentedRecord;
import io.sessionizer.docs.FormatPage;
import io.sessionizer.event.HeaderLookup;
import java.util.Optional;

/** The event on the page of each format, which is based on the example in the format's own documentation. */
record OfficialExamples(DocumentedRecord event) {
    static OfficialExamples of(FormatPreset preset) {
        return new OfficialExamples(FormatPage.of(preset).event());
    }

    String value() {
        return event.value();
    }

    byte[] bytes() {
        return event.bytes();
    }

    /** The key of the CloudEvents binding's example. */
    Optional<byte[]> key() {
        return Optional.of("mykey".getBytes(UTF_8));
    }

    HeaderLookup lookup() {
        return event.lookup();
    }
}
