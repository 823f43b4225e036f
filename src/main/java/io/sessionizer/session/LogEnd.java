package io.sessionizer.session;

/**
 * The answer to a question that was asked of a partition's leader: where the partition's log ended.
 *
 * @param askedAtMs the wall clock when the question was sent, epoch ms
 * @param askedAtNanos elapsed time when it was sent, in ns since any fixed moment
 * @param endOffset the high watermark, which includes open transactions
 */
public record LogEnd(long askedAtMs, long askedAtNanos, long endOffset) {}
