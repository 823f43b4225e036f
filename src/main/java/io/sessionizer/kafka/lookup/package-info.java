/** Looking up one user's timeline by interactive queries of this instance's stores. */
package io.sessionizer.kafka.lookup;
