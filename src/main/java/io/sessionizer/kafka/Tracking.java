package io.sessionizer.kafka;

/** Whether session tracking is active: the switch of contract section 1, as this instance knows it. For any thread. */
final class Tracking {
    private volatile boolean active = true;

    boolean isActive() {
        return active;
    }

    void set(boolean active) {
        this.active = active;
    }
}
