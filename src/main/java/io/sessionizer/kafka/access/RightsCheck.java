package io.sessionizer.kafka.access;

import io.sessionizer.kafka.access.TopicAccess.Answers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.FenceProducersOptions;
import org.apache.kafka.clients.admin.MemberToRemove;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;

/**
 * Queries the brokers for missing rights. It changes nothing, and uses no rights other than those that it checks. For a
 * topic that does not exist, missing Read and Write rights are detected only if Describe is missing too. Thread-safe.
 */
public final class RightsCheck {
    private static final int COORDINATOR_TIMEOUT_MS = 10_000;

    private final Admin admin;
    private final RequiredRights rights;

    public RightsCheck(Admin admin, RequiredRights rights) {
        this.admin = admin;
        this.rights = rights;
    }

    /** The required rights that are missing, one line each. */
    public List<String> missing() throws InterruptedException, ExecutionException {
        Answers answers = new TopicAccess(admin).ask(rights.topicNames(), rights.creation());
        List<String> missing = new ArrayList<>();
        for (Right right : rights.topics()) {
            if (answers.isMissing(right)) {
                missing.add(right.missing());
            }
        }
        rights.creation().stream()
                .flatMap(right -> answers.missingCreation(right).stream())
                .forEach(missing::add);
        if (isGroupRefused(rights.group().resource().name())) {
            missing.add(rights.group().missing());
        }
        for (Right right : rights.transactions()) {
            if (isTransactionalIdRefused(right.resource().name() + "start")) {
                missing.add(right.missing());
            }
        }
        return missing;
    }

    /** The optional rights that are missing, as far as is known, each with the function that is missing. */
    public Map<Right, String> missingOptional() throws InterruptedException, ExecutionException {
        Answers answers = new TopicAccess(admin).ask(rights.topicNames(), List.of());
        Map<Right, String> missing = new LinkedHashMap<>(rights.optional());
        missing.keySet().removeIf(right -> !answers.isMissing(right));
        return missing;
    }

    /** Removing a member requires the same right as joining; no member has this random id. */
    private boolean isGroupRefused(String group) throws InterruptedException {
        MemberToRemove none = new MemberToRemove(UUID.randomUUID().toString());
        RemoveMembersFromConsumerGroupOptions options =
                new RemoveMembersFromConsumerGroupOptions(List.of(none)).timeoutMs(COORDINATOR_TIMEOUT_MS);
        return TopicAccess.isRefused(
                admin.removeMembersFromConsumerGroup(group, options).all());
    }

    /** No producer has this id, so none is fenced. */
    private boolean isTransactionalIdRefused(String id) throws InterruptedException {
        FenceProducersOptions options = new FenceProducersOptions().timeoutMs(COORDINATOR_TIMEOUT_MS);
        return TopicAccess.isRefused(admin.fenceProducers(List.of(id), options).all());
    }
}
