/**
 * Who may read and change: host names, the token, signed requests of other instances, proxies, and the audit log. Knows
 * no particular page or route, and nothing of the server.
 */
package io.sessionizer.web.access;
