package io.sessionizer.event;

import java.util.Optional;

/** The headers of a record. */
@FunctionalInterface
public interface HeaderLookup {
    /** The headers of a record that has none. */
    HeaderLookup NONE = name -> Optional.empty();

    /** The value of the last header of this name; empty if there is none, or if it is null. */
    Optional<byte[]> last(String name);
}
