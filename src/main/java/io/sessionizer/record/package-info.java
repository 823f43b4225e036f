/**
 * The bytes of everything that is written: Session Concluded, the profile, rows of the sessions table and of the board
 * topic, the repartition record, and stored timelines and statistics. Stored bytes begin with a format version, and
 * older versions can be read. Sending and storing the bytes is left to the Kafka packages.
 */
package io.sessionizer.record;
