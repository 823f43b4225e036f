/**
 * The pages, the JSON API, and the health and metrics endpoints: routes and responses. Serving HTTP is in {@code
 * http}, the Session Board in {@code board}. Does not depend on Kafka; {@link io.sessionizer.web.Backend} is its
 * interface to the service.
 */
package io.sessionizer.web;
