/**
 * What a session is: a user's timeline, joining, merging, concluding and forgetting, the rules of the clock, session
 * ids, which session is the profile and which event is late. Immutable values and pure functions over {@code java.*};
 * time is an argument. Reading, storing and publishing sessions is left to the packages above.
 */
package io.sessionizer.session;
