package io.sessionizer.kafka.input;

import io.sessionizer.kafka.client.ReadProgress;
import io.sessionizer.session.LogEnd;
import io.sessionizer.session.OpenQuestions;
import io.sessionizer.session.QuietTime;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.kafka.common.TopicPartition;

/**
 * Detects up to which time a task has processed everything in its partition, and how long the partition has been idle
 * (specification, section 3). For the task's thread.
 */
public final class LiveDetector implements AutoCloseable {
    private final TopicPartition partition;
    private final InputReads reads;
    private final LogEnds.LogWatch watch;
    private final LongSupplier nanoTime;
    private final OpenQuestions questions = new OpenQuestions();
    private QuietTime quietTime;
    private long lastProcessed = ReadProgress.NONE;
    private boolean hasProcessed;
    private boolean hasAdvanced;
    private long progressedAtNanos;

    /** @param nanoTime elapsed time, in ns */
    public LiveDetector(TopicPartition partition, InputReads reads, LongSupplier nanoTime) {
        this.partition = partition;
        this.reads = reads;
        this.nanoTime = nanoTime;
        reads.begin().accept(partition);
        this.watch = reads.ends().watch(partition);
        this.progressedAtNanos = nanoTime.getAsLong();
        this.quietTime = QuietTime.startingAt(progressedAtNanos);
    }

    /** The task now processes the record at this offset, and has finished it when it makes any other call. */
    public void processed(long offset) {
        lastProcessed = offset;
        hasProcessed = true;
    }

    /** A record has advanced the clock. */
    public void clockAdvanced() {
        hasAdvanced = true;
    }

    /** The latest question that was passed since the last call. Call it several times a second. */
    public Optional<LogEnd> passed() {
        noteRecords();
        watch.take(this::answered);
        Optional<ReadProgress> progress = reads.progress().apply(partition);
        progress.ifPresent(now -> watch.position(now.position()));
        Optional<LogEnd> passed = progress.flatMap(now -> questions.pass(now.processedBefore(lastProcessed)));
        if (passed.isPresent()) {
            progressedAtNanos = nanoTime.getAsLong();
        }
        return passed;
    }

    /** Not called for each record, since each call reads the clock. */
    private void noteRecords() {
        if (hasProcessed) {
            progressedAtNanos = nanoTime.getAsLong();
        }
        if (hasAdvanced) {
            quietTime = QuietTime.startingAt(nanoTime.getAsLong());
        }
        hasProcessed = false;
        hasAdvanced = false;
    }

    private void answered(LogEnd answer) {
        quietTime = quietTime.answered(answer.askedAtNanos());
        questions.add(answer);
    }

    /** Whether no record has advanced the clock for this long, in ms in which the partition's leader has answered. */
    public boolean isQuietFor(long ms) {
        return quietTime.hasLasted(ms);
    }

    /** Whether no record was processed and no question passed for this long, in ms. */
    public boolean isStalledFor(long ms) {
        return nanoTime.getAsLong() - progressedAtNanos >= TimeUnit.MILLISECONDS.toNanos(ms);
    }

    @Override
    public void close() {
        watch.close();
    }
}
