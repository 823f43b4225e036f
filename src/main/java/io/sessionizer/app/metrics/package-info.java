/** Metrics for Prometheus: the service's own, a selection of Kafka's, and the exposition format. */
package io.sessionizer.app.metrics;
