/**
 * The command check: reports what a start would find, and what would happen to the lines of a file, as text or JSON.
 * The results come from {@code kafka} and {@code dryrun}; this package reads files and prints.
 */
package io.sessionizer.app.check;
