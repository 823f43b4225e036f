package io.sessionizer.kafka.config;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * The topics that are read and written.
 *
 * @param names of the topics, one for each role, in their order; optional roles may have none
 * @param create whether missing topics are created at startup
 * @param retentionMs retention of created output topics in ms, -1 for no limit
 * @param replicationFactor of created topics, -1 for the broker's default
 */
public record TopicSettings(Map<TopicRole, String> names, boolean create, long retentionMs, short replicationFactor) {
    public TopicSettings {
        Map<TopicRole, String> copy = new EnumMap<>(TopicRole.class);
        copy.putAll(names);
        for (TopicRole role : TopicRole.values()) {
            if (copy.get(role) == null && !role.isOptional()) {
                throw new IllegalArgumentException("names: must name a topic for each role. Found: none for " + role);
            }
        }
        names = Collections.unmodifiableMap(copy);
    }

    /** Whether there is a topic for this role. */
    public boolean has(TopicRole role) {
        return names.containsKey(role);
    }

    /** @throws IllegalArgumentException if there is none */
    public String name(TopicRole role) {
        if (!has(role)) {
            throw new IllegalArgumentException(role.key() + ": must name a topic. Found: none");
        }
        return names.get(role);
    }
}
