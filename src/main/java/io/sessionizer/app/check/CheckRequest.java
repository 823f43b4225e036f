package io.sessionizer.app.check;

import java.util.Optional;

/**
 * The checks that are requested besides that of the configuration.
 *
 * @param isConnecting whether the brokers are queried
 * @param events the file with an event on each line, {@link EventLines#STANDARD_INPUT} for standard input; empty if none is read
 * @param isJson whether the result of each line is a JSON object instead of a table row
 */
public record CheckRequest(boolean isConnecting, Optional<String> events, boolean isJson) {}
