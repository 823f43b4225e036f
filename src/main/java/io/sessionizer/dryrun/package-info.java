/**
 * Determines what would happen to the lines of a file if each were a record of the input. It runs the service's
 * own code that reads and validates events, assigns sessions and stamps, without Kafka, and has no rules of its own. Files and tables
 * are left to {@code app.check}.
 */
package io.sessionizer.dryrun;
