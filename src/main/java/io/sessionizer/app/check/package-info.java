/**
 * The command check: what a start would find, and what would happen to the lines of a file, as text or JSON. The answers are
 * those of {@code kafka} and {@code dryrun}; this package reads files and prints.
 */
package io.sessionizer.app.check;
