/**
 * Who may read and change: host names, the token, signed requests of other instances, proxies, and the audit log. Does
 * not depend on particular pages or routes, or on the server.
 */
package io.sessionizer.web.access;
