/**
 * The two-command demonstration: an embedded broker, sample traffic, and the real service. Not part of the
 * production jar.
 */
package io.sessionizer.quickstart;
