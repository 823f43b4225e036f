package io.sessionizer.kafka.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;

/**
 * A right that a broker with an authorizer must give the service.
 *
 * @param key the configuration key that determines the resource's name
 * @param resource the resource; prefixed if the service chooses its names
 * @param operation never one that another implies
 */
public record Right(String key, ResourcePattern resource, AclOperation operation) {
    /** The message that it is missing, in one line for the operator. */
    public String missing() {
        return key + ": needs " + this + ". Found: not authorized";
    }

    /** Like {@link #missing}, for a right to create a topic that may exist. */
    String missingUnlessItExists() {
        return key + ": needs " + this + ", unless it exists. Found: not authorized";
    }

    /** As in {@code Write on topic enriched-events}. */
    @Override
    public String toString() {
        String kind = resource.resourceType().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        String pattern = resource.patternType() == PatternType.PREFIXED ? " (prefixed)" : "";
        return operationName() + " on " + kind + " " + resource.name() + pattern;
    }

    /** As an argument of kafka-acls.sh. */
    private String operationName() {
        return Arrays.stream(operation.name().split("_"))
                .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
    }
}
