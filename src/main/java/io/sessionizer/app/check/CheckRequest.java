package io.sessionizer.app.check;

import java.util.Optional;

/**
 * What is to be checked besides the configuration.
 *
 * @param isConnecting whether the brokers are asked
 * @param events the file with an event on each line, {@link EventLines#STANDARD_INPUT} for standard input; empty if none is read
 * @param isJson whether a line's result is a JSON object instead of a row of a table
 */
public record CheckRequest(boolean isConnecting, Optional<String> events, boolean isJson) {}
