/**
 * The process: command line, start, shutdown and exit codes. The only place where the Kafka packages and the web
 * packages meet.
 */
package io.sessionizer.app;
