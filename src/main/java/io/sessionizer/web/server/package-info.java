/**
 * Serving HTTP with Jetty: connections, threads and memory that clients can't use up, and dispatching requests to routes.
 * Knows no particular page or route.
 */
package io.sessionizer.web.server;
