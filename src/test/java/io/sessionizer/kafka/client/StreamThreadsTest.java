package io.sessionizer.kafka.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sessionizer.kafka.client.ThreadActivity.ClientCall;
import java.util.Set;
import java.util.concurrent.SynchronousQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A sample is a second. */
@Timeout(60)
class StreamThreadsTest {
    private static final String NAME = "stream-1";
    private static final int POLL_SECONDS = 300;

    private final StreamThreads threads = new StreamThreads(POLL_SECONDS * 1_000);
    private final SynchronousQueue<Runnable> work = new SynchronousQueue<>();
    private final SynchronousQueue<Boolean> done = new SynchronousQueue<>();
    private final Thread thread = new Thread(this::runAll, NAME);
    private volatile boolean isEnding;

    private void runAll() {
        try {
            while (!isEnding) {
                work.take().run();
                done.put(true);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @BeforeEach
    void startAndPoll() throws InterruptedException {
        thread.start();
        onThread(this::poll);
    }

    @AfterEach
    void end() throws InterruptedException {
        thread.interrupt();
        thread.join();
    }

    @Test
    void hangsAfterAMinuteOutsideOfClientCalls_andNoLongerOnceItMoves() throws InterruptedException {
        sample(60);
        assertEquals(Set.of(), threads.hanging());
        sample(1);
        assertEquals(Set.of(NAME), threads.hanging());
        onThread(this::poll);
        assertEquals(Set.of(), threads.hanging());
        sample(60);
        assertEquals(Set.of(), threads.hanging());
    }

    @Test
    void doesNotHangWhileItWaitsForABroker() throws InterruptedException {
        onThread(() -> threads.ofCurrentThread().enter(ClientCall.BROKER));
        sample(10_000);
        assertEquals(Set.of(), threads.hanging());
        onThread(() -> threads.ofCurrentThread().leave(ClientCall.NONE));
        sample(60);
        assertEquals(Set.of(), threads.hanging(), "the minute begins when the call has ended");
    }

    @Test
    void hangsInAPollAfterTheIntervalOfTheGroup() throws InterruptedException {
        onThread(() -> threads.ofPollingThread().enter(ClientCall.POLL));
        sample(POLL_SECONDS);
        assertEquals(Set.of(), threads.hanging());
        sample(1);
        assertEquals(Set.of(NAME), threads.hanging());
    }

    @Test
    void aCommitWithinAPoll_waitsForABroker() throws InterruptedException {
        onThread(() -> {
            threads.ofPollingThread().enter(ClientCall.POLL);
            threads.ofCurrentThread().enter(ClientCall.BROKER);
        });
        sample(10_000);
        assertEquals(Set.of(), threads.hanging());
    }

    @Test
    void doesNotWatchAThreadThatHasEnded_norOneThatNeverPolls() throws InterruptedException {
        sample(100);
        assertEquals(Set.of(NAME), threads.hanging());
        onThread(() -> isEnding = true);
        thread.join();
        threads.ofCurrentThread().enter(ClientCall.BROKER);
        threads.ofCurrentThread().leave(ClientCall.NONE);
        sample(100);
        assertEquals(Set.of(), threads.hanging());
    }

    private void poll() {
        ThreadActivity activity = threads.ofPollingThread();
        activity.leave(activity.enter(ClientCall.POLL));
    }

    private void onThread(Runnable action) throws InterruptedException {
        work.put(action);
        done.take();
    }

    private void sample(int times) {
        for (int i = 0; i < times; i++) {
            threads.sample();
        }
    }
}
