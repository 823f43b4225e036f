/**
 * Determines what would happen to the lines of a file if each were a record of the input. It uses the service's own
 * reading, validation, sessions and stamping, in order, without Kafka, and has no rules of its own. Files and tables
 * are left to {@code app.check}.
 */
package io.sessionizer.dryrun;
