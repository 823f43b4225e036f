package io.sessionizer.kafka.client;

import io.sessionizer.kafka.client.ThreadActivity.ClientCall;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Detects stream threads that hang. A stream thread polls several times a second, whether it has tasks or not and
 * while their state is restored. It hangs if it has neither entered nor left a call of a Kafka client for a minute.
 * Within such a call it waits for a broker, which may take as long as an outage and which no restart would shorten; only
 * a poll is limited, to the interval after which the group excludes the thread too.
 *
 * <p>A minute is counted in samples, so that the time in which the whole process was paused does not count.
 */
public final class StreamThreads {
    private static final int MAX_UNMOVED = 60;

    private final int maxUnmovedInPoll;
    /** Of threads that only close clients. */
    private final ThreadActivity unwatched = new ThreadActivity();

    private final Map<Thread, ThreadActivity> activities = new ConcurrentHashMap<>();
    private final Map<Thread, Unmoved> unmoved = new ConcurrentHashMap<>();

    /** The number of samples since the thread moved. */
    private record Unmoved(long moves, int samples) {}

    /** @param maxPollIntervalMs {@code max.poll.interval.ms} of the consumers */
    public StreamThreads(long maxPollIntervalMs) {
        this.maxUnmovedInPoll = (int) Math.max(MAX_UNMOVED, Math.min(Integer.MAX_VALUE, maxPollIntervalMs / 1000));
    }

    /** The activity of the current thread, which polls and is therefore watched from now on. */
    ThreadActivity ofPollingThread() {
        return activities.computeIfAbsent(Thread.currentThread(), thread -> new ThreadActivity());
    }

    /** The activity of the current thread. */
    ThreadActivity ofCurrentThread() {
        return activities.getOrDefault(Thread.currentThread(), unwatched);
    }

    /** Samples all threads. Call once a second, always from the same thread. */
    public void sample() {
        activities.keySet().removeIf(thread -> !thread.isAlive());
        unmoved.keySet().retainAll(activities.keySet());
        activities.forEach((thread, activity) -> unmoved.merge(
                thread,
                new Unmoved(activity.moves(), 0),
                (before, now) -> before.moves() == now.moves() && activity.call() != ClientCall.BROKER
                        ? new Unmoved(now.moves(), before.samples() + 1)
                        : now));
    }

    /** The names of the threads that hang by the latest sample. */
    public SortedSet<String> hanging() {
        SortedSet<String> names = new TreeSet<>();
        unmoved.forEach((thread, since) -> {
            ThreadActivity activity = activities.get(thread);
            if (activity != null && since.samples() >= limit(activity.call()) && activity.moves() == since.moves()) {
                names.add(thread.getName());
            }
        });
        return names;
    }

    /** The names of the threads that wait for a broker now. */
    public SortedSet<String> waitingForBroker() {
        SortedSet<String> names = new TreeSet<>();
        activities.forEach((thread, activity) -> {
            if (activity.call() == ClientCall.BROKER) {
                names.add(thread.getName());
            }
        });
        return names;
    }

    private int limit(ClientCall call) {
        return call == ClientCall.POLL ? maxUnmovedInPoll : MAX_UNMOVED;
    }
}
