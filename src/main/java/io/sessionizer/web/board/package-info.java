/**
 * The numbers of the Session Board: totals of the rows of the board topic, aggregated by day in a time zone, and the
 * JSON that the page reads. Following the topic is left to {@code kafka.control}.
 */
package io.sessionizer.web.board;
