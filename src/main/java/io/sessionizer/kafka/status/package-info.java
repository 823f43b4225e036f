/**
 * What an instance reports about itself at any time: counters since its start, and the status of its partitions at
 * their last tick. Tasks update it; metrics and pages read it.
 */
package io.sessionizer.kafka.status;
