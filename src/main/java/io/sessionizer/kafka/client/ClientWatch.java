package io.sessionizer.kafka.client;

/**
 * What the clients of the stream threads report to.
 *
 * @param threads receives what the stream threads do
 * @param commits receives what is committed
 */
record ClientWatch(StreamThreads threads, TaskCommits commits) {}
