/**
 * Serving HTTP with Jetty: requests, responses, routing, errors, access control and static files. Knows no
 * particular page or route.
 */
package io.sessionizer.web.http;
