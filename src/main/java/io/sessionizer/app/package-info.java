/**
 * The process: command line, start, shutdown and exit codes. Only here the Kafka packages and the web packages meet.
 */
package io.sessionizer.app;
