package io.sessionizer.kafka.client;

/**
 * The receivers of reports from the clients of the stream threads.
 *
 * @param threads receives what the stream threads do
 * @param commits receives what is committed
 */
record ClientWatch(StreamThreads threads, TaskCommits commits) {}
