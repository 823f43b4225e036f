/**
 * Configuration: keys with their validators and defaults, the file, environment variables, all problems at once, and
 * the effective settings.
 */
package io.sessionizer.app.config;
