package io.sessionizer.kafka.lookup;

import io.sessionizer.event.UserKey;
import io.sessionizer.kafka.config.NodeNames;
import io.sessionizer.record.CheckpointCodec;
import io.sessionizer.record.TimelineCodec;
import io.sessionizer.session.ClockRules;
import io.sessionizer.session.SessionRules;
import io.sessionizer.session.Timeline;
import io.sessionizer.session.UserState;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.StreamsMetadata;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.query.KeyQuery;
import org.apache.kafka.streams.query.QueryResult;
import org.apache.kafka.streams.query.StateQueryRequest;
import org.apache.kafka.streams.state.HostInfo;

/**
 * Finds users in the stores of this instance, and other instances that may have them. It queries all partitions, since
 * the producer of the events may use another partitioner than Kafka's Java clients. It reads the state of the last
 * commit, or of the one in progress.
 */
public final class UserLookup {
    private final KafkaStreams streams;
    private final int partitions;
    private final SessionRules rules;
    private final Optional<HostInfo> self;

    private UserLookup(KafkaStreams streams, int partitions, SessionRules rules, Optional<HostInfo> self) {
        this.streams = streams;
        this.partitions = partitions;
        this.rules = rules;
        this.self = self;
    }

    /** @param partitions of the input */
    public static UserLookup of(KafkaStreams streams, int partitions, SessionRules rules, StreamsConfig config) {
        // null if not configured
        HostInfo self = HostInfo.buildFromEndpoint(config.getString(StreamsConfig.APPLICATION_SERVER_CONFIG));
        return new UserLookup(streams, partitions, rules, Optional.ofNullable(self));
    }

    /** The user's remembered sessions, by the clocks of the partitions. */
    public UserState find(byte[] user) {
        try {
            boolean wasRunning = streams.state() == KafkaStreams.State.RUNNING;
            StoreAnswers answers = queryStores(user, this::remembered);
            if (answers.found().isPresent()) {
                return new UserState.Found(answers.found().get().timeline());
            }
            if (!wasRunning || answers.isIncomplete()) {
                return new UserState.Unavailable();
            }
            return answers.active() == partitions ? new UserState.Absent() : new UserState.AbsentHere();
        } catch (InvalidStateStoreException e) {
            // starting or closing
            return new UserState.Unavailable();
        }
    }

    /**
     * A partition of the input that has a timeline of the user, if one is found here; there may be others. The timeline
     * may be forgotten already, but still be stored.
     */
    public Optional<Integer> partitionOf(byte[] user) {
        try {
            return queryStores(user, UnaryOperator.identity()).found().map(FoundTimeline::partition);
        } catch (InvalidStateStoreException e) {
            // partitions are moving
            return Optional.empty();
        }
    }

    /** A timeline and its partition. */
    private record FoundTimeline(int partition, Timeline timeline) {}

    /**
     * The result of querying this instance's stores.
     *
     * @param active number of active tasks' stores that returned a result
     * @param isIncomplete whether a store returned
     *     none
     */
    private record StoreAnswers(Optional<FoundTimeline> found, int active, boolean isIncomplete) {}

    /** A forgotten timeline stays stored until a scan reaches it. */
    private FoundTimeline remembered(FoundTimeline found) {
        QueryResult<byte[]> checkpoint = streams.query(inStore(UserKey.NONE).withPartitions(Set.of(found.partition())))
                .getPartitionResults()
                .get(found.partition());
        long clock = checkpoint == null || checkpoint.isFailure() || checkpoint.getResult() == null
                ? ClockRules.NONE
                : CheckpointCodec.decode(checkpoint.getResult()).clockMs();
        return new FoundTimeline(found.partition(), found.timeline().remembered(clock, rules));
    }

    private static StateQueryRequest<byte[]> inStore(byte[] key) {
        return StateQueryRequest.inStore(NodeNames.TIMELINES).withQuery(KeyQuery.<byte[], byte[]>withKey(key));
    }

    /**
     * Prefers the stores of active tasks to those of standbys.
     *
     * @param view maps a stored timeline to what counts of it
     */
    private StoreAnswers queryStores(byte[] user, UnaryOperator<FoundTimeline> view) {
        StateQueryRequest<byte[]> any = inStore(user);
        Map<Integer, QueryResult<byte[]>> active =
                streams.query(any.requireActive()).getPartitionResults();
        Optional<FoundTimeline> found = firstFound(user, active, view);
        int answered =
                (int) active.values().stream().filter(QueryResult::isSuccess).count();
        Set<Integer> otherPartitions = new TreeSet<>();
        active.forEach((partition, result) -> {
            if (!result.isSuccess()) {
                otherPartitions.add(partition);
            }
        });
        if (found.isPresent() || otherPartitions.isEmpty()) {
            return new StoreAnswers(found, answered, false);
        }
        Map<Integer, QueryResult<byte[]>> stale =
                streams.query(any.withPartitions(otherPartitions)).getPartitionResults();
        return new StoreAnswers(
                firstFound(user, stale, view), answered, stale.values().stream().anyMatch(QueryResult::isFailure));
    }

    private static Optional<FoundTimeline> firstFound(
            byte[] user, Map<Integer, QueryResult<byte[]>> results, UnaryOperator<FoundTimeline> view) {
        return results.entrySet().stream()
                .filter(result ->
                        result.getValue().isSuccess() && result.getValue().getResult() != null)
                .map(result -> new FoundTimeline(
                        result.getKey(),
                        TimelineCodec.decode(user, result.getValue().getResult())))
                .map(view)
                .filter(found -> !found.timeline().isEmpty())
                .findFirst();
    }

    /**
     * Other instances that may have the user, as "host:port", the likeliest first: the active host by Kafka's own
     * partitioner, its standbys, then all others.
     */
    public List<String> otherInstances(byte[] user) {
        Set<HostInfo> hosts = new LinkedHashSet<>();
        try {
            KeyQueryMetadata likeliest =
                    streams.queryMetadataForKey(NodeNames.TIMELINES, user, new ByteArraySerializer());
            // null until the partitions of the input are known
            if (likeliest != null && !KeyQueryMetadata.NOT_AVAILABLE.equals(likeliest)) {
                hosts.add(likeliest.activeHost());
                hosts.addAll(likeliest.standbyHosts());
            }
            Collection<StreamsMetadata> all = streams.metadataForAllStreamsClients();
            all.forEach(instance -> hosts.add(instance.hostInfo()));
        } catch (InvalidStateStoreException | IllegalStateException e) {
            // starting or closing
            return List.of();
        }
        hosts.remove(HostInfo.unavailable());
        self.ifPresent(hosts::remove);
        return hosts.stream().map(UserLookup::address).toList();
    }

    private static String address(HostInfo host) {
        boolean isIpv6 = host.host().indexOf(':') >= 0;
        return (isIpv6 ? "[" + host.host() + "]" : host.host()) + ":" + host.port();
    }
}
