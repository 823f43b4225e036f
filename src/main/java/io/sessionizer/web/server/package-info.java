/**
 * Serving HTTP with Jetty: connections, threads and memory that clients can't exhaust, and dispatching requests to
 * routes. Does not depend on particular pages or routes.
 */
package io.sessionizer.web.server;
