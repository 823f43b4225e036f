package io.sessionizer.kafka.topics;

import io.sessionizer.kafka.config.NodeNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.config.TopicConfig;

/**
 * The changelogs of the service's state. A partition whose changelog was deleted would continue from its committed
 * position without its sessions.
 */
record StateTopics(String applicationId, TopicAdmin admin) {
    /** The start of the error message for state that is lost. */
    static final String LOST = "application.id: its state is lost" + InputTopic.RESET_HINT;

    /** Their problems, one line each. */
    List<String> problems(String events) throws InterruptedException, ExecutionException {
        List<String> names = NodeNames.changelogs(applicationId);
        Set<String> existing = admin.sizes(names).keySet();
        List<String> problems = new ArrayList<>();
        if (existing.size() < names.size() && admin.hasCommitted(applicationId, events)) {
            names.stream()
                    .filter(name -> !existing.contains(name))
                    .map(name -> LOST + "no topic " + name + ", though positions in " + events + " are committed")
                    .forEach(problems::add);
        }
        for (Map.Entry<String, Config> topic : admin.configs(existing).entrySet()) {
            String policy = TopicAdmin.value(topic.getValue(), TopicConfig.CLEANUP_POLICY_CONFIG);
            // a broker creates a topic that a producer asks for with its own defaults
            if (!policy.equals(TopicConfig.CLEANUP_POLICY_COMPACT)) {
                problems.add("application.id: its changelog topics must be compacted and nothing else, as Kafka Streams"
                        + " creates them; for one that was compacted until now, set cleanup.policy=compact with kafka-configs"
                        + " --alter, else its state is lost" + InputTopic.RESET_HINT + topic.getKey()
                        + " with cleanup.policy=" + policy);
            }
        }
        return problems;
    }
}
