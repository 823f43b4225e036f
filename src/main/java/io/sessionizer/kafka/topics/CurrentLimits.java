package io.sessionizer.kafka.topics;

import io.sessionizer.kafka.config.TopicRole;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What the output topics accept now: an operator may change it while the service runs. Thread-safe. */
public final class CurrentLimits {
    private final Map<TopicRole, AtomicReference<TopicLimit>> topics = new EnumMap<>(TopicRole.class);
    private final List<Consumer<OutputLimits>> listeners = new CopyOnWriteArrayList<>();
    private volatile OutputLimits limits;

    public CurrentLimits(OutputLimits limits) {
        this.limits = limits;
        limits.topics().forEach((role, limit) -> topics.put(role, new AtomicReference<>(limit)));
    }

    /** All of them; the same object until they change. */
    public OutputLimits get() {
        return limits;
    }

    /** The current limit of this topic. Look the supplier up once, not per record. */
    public Supplier<TopicLimit> topic(TopicRole role) {
        return topics.get(role)::get;
    }

    /** @param listener receives the limits after each change */
    public void onChange(Consumer<OutputLimits> listener) {
        listeners.add(listener);
    }

    /** Returns whether they have changed. */
    boolean set(OutputLimits now) {
        if (now.equals(limits)) {
            return false;
        }
        topics.forEach((role, limit) -> limit.set(now.topic(role)));
        limits = now;
        listeners.forEach(listener -> listener.accept(now));
        return true;
    }
}
