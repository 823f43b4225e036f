package io.sessionizer.guarantee.support;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Traffic that flows to the broker at a steady pace, by a thread of its own, whatever becomes of the service meanwhile. */
public final class TrafficFeed implements AutoCloseable {
    private static final int TICKS_PER_SECOND = 50;

    private final TestTopics topics;
    private final RandomTraffic traffic;
    private final int perTick;
    private final int most;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    /** Written by the thread alone. */
    private volatile int sent;

    private volatile RuntimeException failure;

    private TrafficFeed(TestTopics topics, RandomTraffic traffic, int perSecond, int most) {
        this.topics = topics;
        this.traffic = traffic;
        this.perTick = perSecond / TICKS_PER_SECOND;
        this.most = most;
    }

    /**
     * Begins.
     *
     * @param perSecond how many events to send in a second, at least 50
     * @param most how many to send in all
     */
    public static TrafficFeed start(TestTopics topics, RandomTraffic traffic, int perSecond, int most) {
        TrafficFeed feed = new TrafficFeed(topics, traffic, perSecond, most);
        feed.thread.scheduleAtFixedRate(feed::tick, 0, 1_000 / TICKS_PER_SECOND, TimeUnit.MILLISECONDS);
        return feed;
    }

    private void tick() {
        try {
            int now = Math.min(most - sent, perTick);
            traffic.make(now, topics::send);
            sent += now;
        } catch (RuntimeException e) {
            failure = e;
            throw e;
        }
    }

    /** How many events are on their way, or further. */
    public int sent() {
        return sent;
    }

    /** Sends no more, and waits until the broker has what was sent. */
    public void end() {
        close();
        topics.flush();
        if (failure != null) {
            throw new AssertionError("The traffic must flow until its end", failure);
        }
    }

    @Override
    public void close() {
        thread.shutdown();
        boolean isOver;
        try {
            isOver = thread.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            isOver = false;
        }
        if (!isOver) {
            throw new AssertionError("feed: must end. Found: still sending");
        }
    }
}
