/**
 * The input of the quickstart: the traffic of a sample shop, or the events of a file, and the loader that sends them
 * to the broker.
 */
package io.sessionizer.quickstart.traffic;
