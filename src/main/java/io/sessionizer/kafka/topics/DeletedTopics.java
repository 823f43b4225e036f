package io.sessionizer.kafka.topics;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** Notices that a topic was deleted, even if another with the same name exists by now. Not thread-safe. */
final class DeletedTopics {
    private final Map<String, UUID> known = new HashMap<>();
    private Set<String> missing = Set.of();

    /**
     * A topic that was deleted since an earlier call; empty if there is none.
     *
     * @param now the ids of the topics that exist, as known to one broker: a missing one counts as deleted the second
     *     time, since brokers learn of a new topic at different times
     */
    Optional<String> find(Map<String, UUID> now) {
        Set<String> absent = new TreeSet<>(known.keySet());
        absent.removeAll(now.keySet());
        Optional<String> deleted = known.keySet().stream()
                .filter(name -> now.containsKey(name) ? !now.get(name).equals(known.get(name)) : missing.contains(name))
                .min(String::compareTo);
        now.forEach(known::putIfAbsent);
        missing = absent;
        return deleted;
    }
}
