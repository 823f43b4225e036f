/**
 * HTTP as values: requests, responses, routes, errors and static files. Knows no particular page or route, and no server.
 */
package io.sessionizer.web.http;
