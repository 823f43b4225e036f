/**
 * HTTP as values: requests, responses, routes, errors and static files. Does not depend on particular pages or routes,
 * or on a server.
 */
package io.sessionizer.web.http;
